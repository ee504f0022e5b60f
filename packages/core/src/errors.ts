const brand: unique symbol = Symbol.for("typeload.error");

/** What a {@link TypeloadError} is made from. */
export interface TypeloadErrorOptions {
  readonly code: string;
  readonly retryable?: boolean | undefined;
  readonly cause?: unknown;
}

/**
 * Base of every error that typeload throws on purpose. `code` is stable and safe to test for; `retryable` says whether running again
 * can help without a change; the message says what happened, where, and what to do. No message contains a secret.
 */
export class TypeloadError extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly [brand] = true;

  constructor(message: string, options: TypeloadErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.retryable = options.retryable ?? false;
  }
}

/**
 * Is this an error of typeload's? Works across two installed copies, where `instanceof` does not.
 *
 * @example
 * ```ts
 * try { await pipeline.run(source); } catch (error) { if (isTypeloadError(error)) console.error(error.code, error.message); }
 * ```
 */
export function isTypeloadError(error: unknown): error is TypeloadError {
  return typeof error === "object" && error !== null && brand in error;
}

/** A name, option or definition that cannot work: raised before anything is read or written. */
export class ConfigurationError extends TypeloadError {
  constructor(message: string, options: { readonly code?: string; readonly cause?: unknown } = {}) {
    super(message, { code: options.code ?? "configuration", cause: options.cause });
  }
}

/** The run was ended by its AbortSignal. Nothing that was committed is undone; the next run goes on from there. */
export class RunAbortedError extends TypeloadError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { code: "aborted", retryable: true, cause: options.cause });
  }
}
