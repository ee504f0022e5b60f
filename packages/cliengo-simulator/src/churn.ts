import { editContact } from "./model/edit-contact.ts";
import type { CliengoModel } from "./model/cliengo-model.ts";
import { insertContact } from "./model/insert-contact.ts";
import { insertConversation } from "./model/insert-conversation.ts";
import { insertMessage } from "./model/insert-message.ts";
import type { Random } from "./random.ts";
import { sampleSentence } from "./sample-texts.ts";

/** How likely each kind of change is before one request, from 0 to 1. All default to 0. */
export interface ChurnRates {
  /** Default `contacts`. */
  readonly list?: "contacts" | "conversations" | undefined;
  readonly inserts?: number | undefined;
  readonly edits?: number | undefined;
  readonly deletes?: number | undefined;
}

/** At most one insert at the present, one edit and one delete anywhere in the list. */
export function churn(model: CliengoModel, rates: ChurnRates, random: Random): void {
  const list = rates.list ?? "contacts";
  if (random.chance(rates.inserts ?? 0)) {
    if (list === "contacts") insertContact(model, { name: `Nuevo ${random.hex(4)}`, entryMethod: "CHATBOT" });
    else insertConversation(model, { channel: "WEB", from: `visitor-${random.hex(6)}` });
  }
  if (random.chance(rates.edits ?? 0)) {
    const id = model[list].idAt(random.integer(0, model[list].size - 1));
    if (id !== undefined && list === "contacts")
      editContact(model, id, { message: sampleSentence(random, false), rating: random.integer(0, 5) });
    else if (id !== undefined) insertMessage(model, id, { body: sampleSentence(random, false) });
  }
  if (random.chance(rates.deletes ?? 0)) {
    const id = model[list].idAt(random.integer(0, model[list].size - 1));
    if (id !== undefined) model[list].delete(id);
  }
}
