import type { Site, SiteCreate, SiteUpdate } from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds } from "../list/list-endpoint.ts";
import type { RequestOptions } from "../request-options.ts";
import { Chatbots } from "./chatbots.ts";

/** Sites and channels of the account, which Cliengo also calls websites. */
export class Sites {
  readonly chatbots: Chatbots;
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
    this.chatbots = new Chatbots(client);
  }

  /** The sites of the account. They carry channel credentials: never log them whole. */
  list(bounds: ListBounds = {}, options?: RequestOptions): ListCall<Site> {
    const endpoint = { client: this.#client, path: "/sites", names: ["sites", "websites"], filters: {} };
    return createListCall(endpoint, bounds, options);
  }

  /** @throws NotFoundError */
  get(id: string, options?: RequestOptions): Promise<Site> {
    return this.#client.http.request("GET", "/sites/{id}", { path: { id } }, options);
  }

  /** Creates a site. Never repeated by itself, because a repeat could create another. */
  create(site: SiteCreate, options?: RequestOptions): Promise<Site> {
    return this.#client.http.request("POST", "/sites", { body: site }, options);
  }

  /** Changes the given members. */
  update(id: string, changes: SiteUpdate, options?: RequestOptions): Promise<Site> {
    return this.#client.http.request("PATCH", "/sites/{id}", { path: { id }, body: changes }, options);
  }

  /** Sets the type and the channel credentials, through the older path that Cliengo's own code uses for them. */
  replace(id: string, site: SiteUpdate, options?: RequestOptions): Promise<Site> {
    return this.#client.http.request("PUT", "/websites/{id}", { path: { id }, body: site }, options);
  }
}
