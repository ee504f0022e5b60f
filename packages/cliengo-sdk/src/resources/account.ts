import type { Account as ApiAccount, AccountPlan, AccountUpdate } from "../generated/cliengo-api.gen.ts";
import type { ClientContext } from "../list/list-endpoint.ts";
import type { RequestOptions } from "../request-options.ts";

/** The account of the key, which other records call company (`companyId`). */
export class AccountResource {
  readonly #client: ClientContext;

  constructor(client: ClientContext) {
    this.#client = client;
  }

  /** The account; `withFeatures` adds `planFeatures`. */
  get(query: { withFeatures?: boolean | undefined } = {}, options?: RequestOptions): Promise<ApiAccount> {
    return this.#client.http.request("GET", "/account", { query }, options);
  }

  /** Changes name, tax id or contact person. */
  update(changes: AccountUpdate, options?: RequestOptions): Promise<ApiAccount> {
    return this.#client.http.request("PUT", "/account", { body: changes }, options);
  }

  /** The plan. Known from Cliengo's own front end; whether an API key may read it is untested. */
  plan(options?: RequestOptions): Promise<AccountPlan> {
    return this.#client.http.request("GET", "/account/plan", {}, options);
  }
}
