import type { ContactMessage, ContactMessageCreate } from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds } from "../list/list-endpoint.ts";
import type { RequestOptions } from "../request-options.ts";

/** What a contact wrote into forms; not the transcript of a chat, which belongs to a conversation. */
export class ContactMessages {
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
  }

  /** The messages of a contact. They have no id. */
  list(contactId: string, bounds: ListBounds = {}, options?: RequestOptions): ListCall<ContactMessage> {
    const endpoint = {
      client: this.#client,
      path: "/contacts/{contactId}/messages",
      pathParameters: { contactId },
      names: ["messages"],
      filters: {},
    };
    return createListCall(endpoint, bounds, options);
  }

  /** Adds a message. */
  create(contactId: string, message: ContactMessageCreate, options?: RequestOptions): Promise<ContactMessage> {
    const input = { path: { contactId }, body: message };
    return this.#client.http.request("POST", "/contacts/{contactId}/messages", input, options);
  }
}
