import type { JsonObject } from "../json-value.ts";
import type { CliengoModel } from "./cliengo-model.ts";
import type { Contact } from "./contact.ts";
import { expectContact } from "./insert-contact.ts";

/**
 * Changes members of a contact: `lastUpdateDate` follows, and a change of status or assignee is added to the
 * contact's history. Throws a `RangeError` when there is no such contact.
 */
export function editContact(model: CliengoModel, id: string, members: JsonObject): Contact {
  const before = expectContact(model, id);
  const date = model.nextDate();
  const after = model.contacts.edit(id, (contact) => ({ ...contact, ...members, lastUpdateDate: date.text }));
  if (after.status !== before.status)
    addHistory(model, id, { type: "STATUS_CHANGE", from: before.status, to: after.status });
  const [from, to] = [assigneeOf(before), assigneeOf(after)];
  if (from !== to) addHistory(model, id, { type: "ASSIGNMENT", from, to });
  return after;
}

/** Adds an entry to a contact's history, at the present. */
export function addHistory(model: CliengoModel, contactId: string, entry: { type: string } & JsonObject): void {
  const { epoch, text } = model.nextDate();
  const owner = model.owner;
  model.contactHistory.of(contactId)?.insert(epoch, () => ({
    ...entry,
    creator: { id: owner.id, name: owner.name },
    creationDate: text,
  }));
}

function assigneeOf(contact: Contact): string | null {
  const { assignedTo } = contact;
  if (typeof assignedTo === "string") return assignedTo;
  return typeof assignedTo?.id === "string" ? assignedTo.id : null;
}
