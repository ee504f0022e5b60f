import type { ContactHistoryEntry } from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds } from "../list/list-endpoint.ts";
import type { RequestOptions } from "../request-options.ts";

/** What happened to a contact. */
export class ContactHistory {
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
  }

  /** The history of a contact. Its entries have no id. */
  list(contactId: string, bounds: ListBounds = {}, options?: RequestOptions): ListCall<ContactHistoryEntry> {
    const endpoint = {
      client: this.#client,
      path: "/contacts/{contactId}/history",
      pathParameters: { contactId },
      names: ["history"],
      filters: {},
    };
    return createListCall(endpoint, bounds, options);
  }
}
