import { writeDateAs } from "../date-forms.ts";
import type { JsonObject } from "../json-value.ts";
import type { CliengoModel } from "./cliengo-model.ts";
import type { Contact } from "./contact.ts";

/** The addresses in use, per model, so that a contact with one of them can be flagged as a duplicate. */
const addresses = new WeakMap<CliengoModel, Set<string>>();

/**
 * Adds a contact with these members to the model. Without `created` (epoch milliseconds) it is the newest, created a
 * simulated second after the last write.
 */
export function insertContact(model: CliengoModel, members: JsonObject, created?: number): Contact {
  const epoch = created ?? model.clock.advance();
  const date = writeDateAs(epoch, "milliseconds");
  const site = typeof members.websiteId === "string" ? model.sites.get(members.websiteId) : undefined;
  const record = {
    accountId: model.account.id,
    accountName: model.account.name,
    ...(site === undefined ? {} : { websiteId: site.id, websiteName: site.title }),
    status: "NEW",
    rating: null,
    creationDate: date,
    lastUpdateDate: date,
    duplicatedContact: takeAddress(model, members.email),
    leadFields: {},
    notes: [],
    calls: [],
    logs: [],
  };
  const id = model.contacts.insert(epoch, (newId) => ({ id: newId, ...record, ...members }));
  return expectContact(model, id);
}

export function expectContact(model: CliengoModel, id: string): Contact {
  const contact = model.contacts.get(id);
  if (contact === undefined) throw new RangeError(`There is no contact ${id}`);
  return contact;
}

function takeAddress(model: CliengoModel, email: unknown): boolean {
  if (typeof email !== "string" || email === "") return false;
  let taken = addresses.get(model);
  if (taken === undefined) {
    taken = new Set();
    for (const contact of model.contacts) if (contact.email) taken.add(contact.email);
    addresses.set(model, taken);
  }
  const duplicated = taken.has(email);
  taken.add(email);
  return duplicated;
}
