import type { Conversation, ConversationCreate } from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds } from "../list/list-endpoint.ts";
import { isObject } from "../list/read-list-page.ts";
import type { RequestOptions } from "../request-options.ts";
import { wrongShape } from "../transport/read-json-body.ts";
import { ConversationMessages } from "./conversation-messages.ts";

/** Chats. How one links to a contact is undocumented. */
export class Conversations {
  readonly messages: ConversationMessages;
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
    this.messages = new ConversationMessages(client);
  }

  /**
   * The conversations of the account. No filter is known.
   *
   * @throws OffsetCeilingError when iterated, before the first conversation, if there are more than the API lets anyone page.
   */
  list(bounds: ListBounds = {}, options?: RequestOptions): ListCall<Conversation> {
    const endpoint = { client: this.#client, path: "/conversations", names: ["conversations"], filters: {} };
    return createListCall(endpoint, bounds, options);
  }

  /** @throws NotFoundError */
  get(conversationId: string, options?: RequestOptions): Promise<Conversation> {
    return this.#client.http.request("GET", "/conversations/{conversationId}", { path: { conversationId } }, options);
  }

  /** Begins a conversation. */
  create(conversation: ConversationCreate, options?: RequestOptions): Promise<Conversation> {
    return this.#client.http.request("POST", "/conversations", { body: conversation }, options);
  }

  /** How many conversations a site has; `websiteId` is the site's id. */
  async count({ websiteId }: { websiteId: string }, options?: RequestOptions): Promise<number> {
    const input = { path: { websiteId } };
    const answer = await this.#client.send("GET", "/conversations/{websiteId}/count", input, options);
    const count = isObject(answer.json) ? answer.json["count"] : undefined;
    if (typeof count !== "number") throw wrongShape("has no `count`", answer, this.#client.redactor);
    return count;
  }
}
