import type { User } from "../generated/cliengo-api.gen.ts";
import { createListCall, type ListCall } from "../list/list-call.ts";
import type { ClientContext, ListBounds } from "../list/list-endpoint.ts";
import type { RequestOptions } from "../request-options.ts";

/** People who work in the account. */
export class Users {
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
  }

  /** The users of the account, deleted ones perhaps included (`deleted`). */
  list(bounds: ListBounds = {}, options?: RequestOptions): ListCall<User> {
    return createListCall({ client: this.#client, path: "/users", names: ["users"], filters: {} }, bounds, options);
  }

  /** @throws NotFoundError */
  get(userId: string, options?: RequestOptions): Promise<User> {
    return this.#client.http.request("GET", "/users/{userId}", { path: { userId } }, options);
  }

  /** The user whose key or JWT this client has. */
  me(options?: RequestOptions): Promise<User> {
    return this.#client.http.request("GET", "/users/me", {}, options);
  }
}
