import type { RateLimit } from "./transport/limit-rate.ts";
import type { Clock } from "./transport/clock.ts";
import type { FetchFunction, Hooks, ResponseLimits, RetrySettings } from "./transport/transport-settings.ts";

/** Any part of an object; the rest has defaults. */
type Some<T> = { [K in keyof T]?: T[K] | undefined };

/** How a client is set up. Everything but the credentials has a default. */
export interface CliengoOptions extends Hooks {
  /**
   * The API key, sent in the query as Cliengo documents. Default: the environment variable `CLIENGO_API_KEY`, unless
   * `jwt` is given. In Cliengo: Chatbots > Integrations > API > Generate API Key.
   */
  apiKey?: string | undefined;
  /**
   * A JWT to send in the header in place of the key; or `true` to exchange the key for one, and again when it expires. Given
   * together, the JWT is used first, and the key is exchanged when the JWT is refused.
   */
  jwt?: string | true | undefined;
  /**
   * The `Authorization` header for a JWT. Sources disagree: the default is `Bearer <jwt>`; Cliengo's own front end sends the bare
   * JWT, which is `(jwt) => jwt`.
   */
  authorization?: ((jwt: string) => string) | undefined;
  /** Default `https://api.cliengo.com/1.0`. */
  baseUrl?: string | undefined;
  /** Default: the runtime's own. */
  fetch?: FetchFunction | undefined;
  /** Milliseconds an attempt may take, body included. Default 30,000. */
  timeout?: number | undefined;
  /** When and how often a failed request is sent again. */
  retry?: Some<RetrySettings> | undefined;
  /** Requests per second and burst of this client, `false` for no limit. Default 10 and 20; the API documents no limit of its own. */
  rateLimit?: RateLimit | false | undefined;
  /** How many requests may run at a time. Default 6. */
  concurrency?: number | undefined;
  /** What an answer may cost at most. */
  limits?: Some<ResponseLimits> | undefined;
  /**
   * The highest `offset` the API accepts, `false` if it accepts any. Default 1000, measured on contacts and assumed for the
   * other lists.
   */
  offsetCeiling?: number | false | undefined;
  /** Default `typeload-cliengo-sdk`. Browsers do not let it be set. */
  userAgent?: string | undefined;
  /** A key in a browser is public, so the client refuses to run there unless this is true. */
  allowBrowser?: boolean | undefined;
  /** Time, for tests that replay. */
  clock?: Clock | undefined;
  /** Numbers from 0 to 1 for the jitter of retries. Default `Math.random`. */
  random?: (() => number) | undefined;
}
