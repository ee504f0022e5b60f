import type { Authentication } from "../authentication.ts";
import type { CliengoError } from "../errors/cliengo-error.ts";
import type { Clock } from "./clock.ts";
import type { ConcurrencyLimiter } from "./limit-concurrency.ts";
import type { RateLimiter } from "./limit-rate.ts";
import type { SecretRedactor } from "./redact-secrets.ts";

/** The part of `fetch` that the client uses: pass a function of your own for a proxy, a test or another runtime. */
export type FetchFunction = (url: string, init: RequestInit) => Promise<Response>;

/** A request that is about to be sent. `url` holds no credentials. */
export interface RequestEvent {
  readonly method: string;
  readonly url: string;
  /** 1 for the first time. */
  readonly attempt: number;
}

/** An answer that was received whole, whatever its status. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number;
  readonly requestId: string | undefined;
  /** Bytes of the body, decompressed. */
  readonly bytes: number;
  /** From sending to the end of the body. */
  readonly milliseconds: number;
}

/** A failed attempt that will be repeated. */
export interface RetryEvent extends RequestEvent {
  readonly error: CliengoError;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

/** What may be watched. A hook that throws fails the call. */
export interface Hooks {
  onRequest?: ((event: RequestEvent) => void) | undefined;
  onResponse?: ((event: ResponseEvent) => void) | undefined;
  onRetry?: ((event: RetryEvent) => void) | undefined;
}

/** When a failed request is sent again; see the README for what is repeated at all. */
export interface RetrySettings {
  /** How often a request is sent at most. Default 5. */
  maxAttempts: number;
  /** Milliseconds for all attempts of a call and the waits between them. Default 120,000. */
  budget: number;
  /** The wait before attempt n is random between 0 and `baseDelay * 2 ** (n - 2)` milliseconds. Default 500. */
  baseDelay: number;
  /** The longest such wait. Default 15,000. */
  maxDelay: number;
  /** The longest wait for which a server's `Retry-After` is obeyed. Default 60,000. */
  maxRetryAfter: number;
}

/** What an answer may cost at most. */
export interface ResponseLimits {
  /** Bytes of a body, both compressed (as announced) and decompressed. Default 64 MiB. */
  bodyBytes: number;
  /** Levels of nested lists and objects. Default 100. */
  depth: number;
  /** Redirects followed, within the origin only. Default 3. */
  redirects: number;
}

/** All that a request needs from its client. */
export interface TransportSettings {
  readonly fetch: FetchFunction;
  readonly clock: Clock;
  readonly random: () => number;
  readonly timeout: number;
  readonly retry: RetrySettings;
  readonly limits: ResponseLimits;
  readonly userAgent: string | undefined;
  readonly hooks: Hooks;
  readonly redactor: SecretRedactor;
  readonly rateLimiter: RateLimiter;
  readonly concurrency: ConcurrencyLimiter;
  /** Undefined for the exchange of a key for a JWT, which carries the key itself. */
  readonly authentication: Authentication | undefined;
}
