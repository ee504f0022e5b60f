import { Cliengo } from "@typeload/cliengo-sdk";
import { apiKey } from "./client.ts";
import { contactApi, type ContactApiOptions, type ModelContact } from "./contact-model.ts";

/** A client of an API that holds these contacts. */
export function openModel(contacts: readonly ModelContact[], options: ContactApiOptions) {
  const api = contactApi(contacts, options);
  return { ...api, cliengo: new Cliengo({ apiKey, fetch: api.fetch, rateLimit: false }) };
}
