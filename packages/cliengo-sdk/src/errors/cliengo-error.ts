// Shared by every copy of the package in a process, so that an error made by one copy is recognised by another.
const brand = Symbol.for("typeload.cliengo.error");

/** The stable codes of this package's errors. A code never changes its meaning. */
export type CliengoErrorCode =
  | "ERR_CLIENGO_CONFIGURATION"
  | "ERR_CLIENGO_BAD_REQUEST"
  | "ERR_CLIENGO_AUTHENTICATION"
  | "ERR_CLIENGO_PERMISSION"
  | "ERR_CLIENGO_NOT_FOUND"
  | "ERR_CLIENGO_CONFLICT"
  | "ERR_CLIENGO_RATE_LIMIT"
  | "ERR_CLIENGO_OFFSET_CEILING"
  | "ERR_CLIENGO_REPEATED_PAGE"
  | "ERR_CLIENGO_INCOMPLETE_LIST"
  | "ERR_CLIENGO_SERVER"
  | "ERR_CLIENGO_TIMEOUT"
  | "ERR_CLIENGO_CONNECTION"
  | "ERR_CLIENGO_REDIRECT"
  | "ERR_CLIENGO_ABORTED"
  | "ERR_CLIENGO_QUEUE_FULL"
  | "ERR_CLIENGO_UNREADABLE_RESPONSE";

/** The request that an error is about. `url` holds no credentials. */
export interface FailedRequest {
  readonly method: string;
  readonly url: string;
}

/** What a `CliengoError` knows beside its message. All texts are free of credentials. */
export interface CliengoErrorDetails {
  readonly status?: number | undefined;
  readonly hint?: string | undefined;
  readonly requestId?: string | undefined;
  readonly request?: FailedRequest | undefined;
  readonly attempts?: number | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/**
 * The base of every error this package throws. `code` is stable; `retryable` says whether the same call may succeed
 * later; `hint` says what to do. Neither the API key nor a JWT is ever part of it.
 *
 * @example
 * try { await cliengo.contacts.get(id); } catch (error) {
 *   if (isCliengoError(error) && error.code === "ERR_CLIENGO_NOT_FOUND") return undefined;
 *   throw error;
 * }
 */
export abstract class CliengoError extends Error {
  // Spelled out in each class: a bundler may rename classes.
  abstract override readonly name: string;
  abstract readonly code: CliengoErrorCode;
  abstract readonly retryable: boolean;
  /** HTTP status, where there was an answer. */
  declare readonly status: number | undefined;
  /** What to do about it. */
  declare readonly hint: string | undefined;
  /** The server's id of the request, to be quoted to Cliengo's support. */
  declare readonly requestId: string | undefined;
  declare readonly request: FailedRequest | undefined;
  /** How many times the request was sent. */
  declare readonly attempts: number | undefined;
  /** Milliseconds that the server asked to wait, uncapped; undefined where it named none. */
  declare readonly retryAfter: number | undefined;

  constructor(message: string, details: CliengoErrorDetails = {}) {
    const { cause, ...fields } = details;
    super(
      details.hint === undefined ? message : `${message} ${details.hint}`,
      cause === undefined ? undefined : { cause },
    );
    // A subclass's own fields are among them; it only declares them.
    Object.assign(this, fields);
  }

  get [brand](): true {
    return true;
  }

  /** The fields of the error without its stack, for logs. */
  toJSON(): Record<string, unknown> {
    // `name`, `code` and the subclass's own fields are own properties; message and cause are not enumerable.
    return Object.assign<Record<string, unknown>, CliengoError>({ message: this.message }, this);
  }
}

/** Whether a thrown value is one of this package's errors; works across copies of the package and realms. */
export function isCliengoError(error: unknown): error is CliengoError {
  return typeof error === "object" && error !== null && brand in error;
}
