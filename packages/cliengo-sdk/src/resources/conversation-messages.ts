import type { ConversationMessageCreate, Message } from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds } from "../list/list-endpoint.ts";
import type { RequestOptions } from "../request-options.ts";

const path = "/conversations/{conversationId}/messages";

/** The transcript of a conversation. */
export class ConversationMessages {
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
  }

  /** The messages of a conversation; their order is undocumented, so sort by `sentAt` (else `sendAt`). */
  list(conversationId: string, bounds: ListBounds = {}, options?: RequestOptions): ListCall<Message> {
    const endpoint = {
      client: this.#client,
      path,
      pathParameters: { conversationId },
      names: ["messages"],
      filters: {},
    };
    return createListCall(endpoint, bounds, options);
  }

  /** @throws NotFoundError */
  get(conversationId: string, messageId: string, options?: RequestOptions): Promise<Message> {
    return this.#client.http.request("GET", `${path}/{messageId}`, { path: { conversationId, messageId } }, options);
  }

  /** Sends a message. What its body must hold is documented nowhere. */
  create(conversationId: string, message: ConversationMessageCreate, options?: RequestOptions): Promise<Message> {
    return this.#client.http.request("POST", path, { path: { conversationId }, body: message }, options);
  }
}
