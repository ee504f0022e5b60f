import { type Authentication, apiKeyAuthentication, jwtAuthentication } from "./authentication.ts";
import {
  checkBaseUrl,
  checkHeader,
  checkNumbers,
  checkRuntime,
  type Credentials,
  findCredentials,
  withDefaults,
} from "./check-options.ts";
import type { CliengoOptions } from "./cliengo-options.ts";
import { offsetCeiling } from "./errors/error-from-response.ts";
import { ConfigurationError } from "./errors/request-errors.ts";
import { type CliengoHttp, createHttp, type SendCall } from "./http.ts";
import type { ClientContext } from "./list/list-endpoint.ts";
import type { RequestOptions } from "./request-options.ts";
import { AccountResource } from "./resources/account.ts";
import { Contacts } from "./resources/contacts.ts";
import { Conversations } from "./resources/conversations.ts";
import { Sites } from "./resources/sites.ts";
import { Users } from "./resources/users.ts";
import { buildRequest } from "./transport/build-request.ts";
import { steadyClock, systemClock } from "./transport/clock.ts";
import { ConcurrencyLimiter } from "./transport/limit-concurrency.ts";
import { RateLimiter } from "./transport/limit-rate.ts";
import { wrongShape } from "./transport/read-json-body.ts";
import { SecretRedactor } from "./transport/redact-secrets.ts";
import { retryRequest } from "./transport/retry-request.ts";
import type { ResponseLimits, RetrySettings, TransportSettings } from "./transport/transport-settings.ts";

/**
 * A client of the Cliengo API. One client has one rate limit and one concurrency limit, so share it. Printing it, or
 * writing it as JSON, shows no credentials: they are in private fields and closures.
 *
 * @throws ConfigurationError where there is no key, or an option makes no sense.
 * @example
 * const cliengo = new Cliengo({ apiKey });
 * for await (const contact of cliengo.contacts.list({ since: "2026-01-01" })) console.log(contact.email);
 */
export class Cliengo {
  readonly baseUrl: string;
  readonly account: AccountResource;
  readonly users: Users;
  readonly sites: Sites;
  readonly contacts: Contacts;
  readonly conversations: Conversations;
  /** Calls that have no method of their own, and answers as bytes. */
  readonly http: CliengoHttp;
  readonly #exchange: (options?: RequestOptions) => Promise<string>;

  constructor(options: CliengoOptions = {}) {
    checkRuntime(options.allowBrowser ?? false);
    const credentials = findCredentials(options);
    this.baseUrl = checkBaseUrl(options.baseUrl);

    const settings = transportSettings(options, credentials);
    this.#exchange = keyExchange(settings, this.baseUrl, credentials.apiKey);
    const withCredentials = {
      ...settings,
      authentication: authenticationOf(options, credentials, settings, this.#exchange),
    };
    const send: SendCall = async (method, path, parts, requestOptions = {}) =>
      await retryRequest(withCredentials, buildRequest(this.baseUrl, method, path, parts), requestOptions);

    const ceiling = options.offsetCeiling === false ? Infinity : (options.offsetCeiling ?? offsetCeiling);
    this.http = createHttp(send, this.baseUrl);
    const client: ClientContext = {
      baseUrl: this.baseUrl,
      send,
      http: this.http,
      now: () => settings.clock.now(),
      redactor: settings.redactor,
      offsetCeiling: ceiling,
    };
    this.account = new AccountResource(client);
    this.users = new Users(client);
    this.sites = new Sites(client);
    this.contacts = new Contacts(client);
    this.conversations = new Conversations(client);
  }

  /**
   * Exchanges the API key for a JWT, for use elsewhere: the client does this by itself with `jwt: true`.
   *
   * @throws ConfigurationError where the client has no key.
   */
  exchangeJwt(options?: RequestOptions): Promise<string> {
    return this.#exchange(options);
  }
}

const defaultRate = { requestsPerSecond: 10, burst: 20 };
const defaults = {
  fetch: (url: string, init: RequestInit) => globalThis.fetch(url, init),
  clock: systemClock,
  random: Math.random,
  timeout: 30_000,
  concurrency: 6,
  userAgent: "typeload-cliengo-sdk",
};
const defaultRetry: RetrySettings = {
  maxAttempts: 5,
  budget: 120_000,
  baseDelay: 500,
  maxDelay: 15_000,
  maxRetryAfter: 60_000,
};
const defaultLimits: ResponseLimits = { bodyBytes: 64 * 1024 * 1024, depth: 100, redirects: 3 };

function transportSettings(options: CliengoOptions, { apiKey }: Credentials): TransportSettings {
  const { concurrency, ...settings } = withDefaults(defaults, options);
  const rateLimit = options.rateLimit ?? defaultRate;
  const redactor = new SecretRedactor();
  if (apiKey !== undefined) redactor.add(apiKey);
  const clock = steadyClock(settings.clock);
  const retry = withDefaults(defaultRetry, options.retry);
  const limits = withDefaults(defaultLimits, options.limits);
  checkNumbers("", {
    timeout: settings.timeout,
    concurrency,
    offsetCeiling: options.offsetCeiling === false ? undefined : options.offsetCeiling,
  });
  checkNumbers("rateLimit.", rateLimit || {});
  checkNumbers("retry.", retry);
  checkNumbers("limits.", limits);
  checkHeader("`userAgent`", settings.userAgent);
  return {
    ...settings,
    clock,
    retry,
    limits,
    hooks: options,
    redactor,
    rateLimiter: new RateLimiter(rateLimit, clock),
    concurrency: new ConcurrencyLimiter(concurrency),
    authentication: undefined,
  };
}

function authenticationOf(
  options: CliengoOptions,
  { apiKey, jwt, usesJwt }: Credentials,
  settings: TransportSettings,
  exchange: () => Promise<string>,
): Authentication {
  if (!usesJwt && apiKey !== undefined) return apiKeyAuthentication(apiKey);
  return jwtAuthentication({
    initial: jwt,
    exchange: apiKey === undefined ? undefined : () => exchange(),
    authorization: options.authorization ?? ((token) => `Bearer ${token}`),
    onJwt: (secret) => settings.redactor.add(secret),
  });
}

/** `GET /jwt`, with the key in the query whatever the other requests carry. */
function keyExchange(
  settings: TransportSettings,
  baseUrl: string,
  apiKey: string | undefined,
): (options?: RequestOptions) => Promise<string> {
  return async (options = {}) => {
    if (apiKey === undefined) {
      throw new ConfigurationError("A JWT needs `apiKey`.");
    }
    const authentication = apiKeyAuthentication(apiKey);
    const answer = await retryRequest(
      { ...settings, authentication },
      buildRequest(baseUrl, "GET", "/jwt", {}),
      options,
    );
    // Parsed JSON that may be anything.
    const { jwt } = Object(answer.json) as { jwt?: unknown };
    if (typeof jwt !== "string" || jwt === "") throw wrongShape("has no `jwt`", answer, settings.redactor);
    settings.redactor.add(jwt);
    return jwt;
  };
}
