import type { Account as ApiAccount, AccountPlan, AccountUpdate } from "../generated/cliengo-api.gen.ts";
import type { CliengoHttp } from "../http.ts";
import type { RequestOptions } from "../request-options.ts";

/** The account of the key, which other records call company (`companyId`). */
export class AccountResource {
  readonly #http: CliengoHttp;

  constructor(http: CliengoHttp) {
    this.#http = http;
  }

  /** The account; `withFeatures` adds `planFeatures`. */
  get(query: { withFeatures?: boolean | undefined } = {}, options?: RequestOptions): Promise<ApiAccount> {
    return this.#http.request("GET", "/account", { query }, options);
  }

  /** Changes name, tax id or contact person. */
  update(changes: AccountUpdate, options?: RequestOptions): Promise<ApiAccount> {
    return this.#http.request("PUT", "/account", { body: changes }, options);
  }

  /** The plan. Known from Cliengo's own front end; whether an API key may read it is untested. */
  plan(options?: RequestOptions): Promise<AccountPlan> {
    return this.#http.request("GET", "/account/plan", {}, options);
  }
}
