import type { Chatbot, ChatbotUpdate } from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds } from "../list/list-endpoint.ts";
import type { RequestOptions } from "../request-options.ts";

/** The chat widget of each site. It has no id of its own: `websiteId` is its key. */
export class Chatbots {
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
  }

  /** The chatbots of all sites. */
  list(bounds: ListBounds = {}, options?: RequestOptions): ListCall<Chatbot> {
    const endpoint = { client: this.#client, path: "/sites/chatbots", names: ["chatbots"], filters: {} };
    return createListCall(endpoint, bounds, options);
  }

  /** The chatbot of a site. @throws NotFoundError */
  get(siteId: string, options?: RequestOptions): Promise<Chatbot> {
    return this.#client.http.request("GET", "/sites/{id}/chatbot", { path: { id: siteId } }, options);
  }

  /** Changes the given members of a site's chatbot. */
  update(siteId: string, changes: ChatbotUpdate, options?: RequestOptions): Promise<Chatbot> {
    return this.#client.http.request("PUT", "/sites/{id}/chatbot", { path: { id: siteId }, body: changes }, options);
  }
}
