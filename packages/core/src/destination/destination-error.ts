import { TypeloadError } from "../errors.ts";

/** A destination could not do what was asked. `retryable` tells whether the same call may succeed later. */
export class DestinationError extends TypeloadError {}

/** Another run holds the lease of this (dataset, pipeline). Wait for it, or run with `takeOver`. */
export class LeaseHeldError extends DestinationError {
  readonly holder: string;
  readonly expiresAt: string;

  constructor(message: string, lease: { readonly holder: string; readonly expiresAt: string }) {
    super(message, { code: "lease_held", retryable: true });
    this.holder = lease.holder;
    this.expiresAt = lease.expiresAt;
  }
}

/** Another run took the lease over while this one worked: nothing of this load was committed. */
export class LeaseLostError extends DestinationError {
  constructor(message: string) {
    super(message, { code: "lease_lost" });
  }
}

/** What is staged is not what was handed over (a server lost it, or a part is missing): discard, and stage again from the page log. */
export class StagedCountError extends DestinationError {
  constructor(message: string) {
    super(message, { code: "staged_count", retryable: true });
  }
}

/** The destination cannot do this; refused before data moved. */
export class UnsupportedError extends DestinationError {
  constructor(message: string) {
    super(message, { code: "unsupported" });
  }
}

/**
 * A column cannot take a wider type: a stored value would change, or something of the user's (a view, an index) forbids it. Thrown by
 * `prepare`, which has changed nothing then. Core leaves the column as it is, and the values that do not fit go to a variant column.
 */
export class WideningRefusedError extends DestinationError {
  readonly table: string;
  readonly column: string;

  constructor(message: string, options: { readonly table: string; readonly column: string; readonly cause?: unknown }) {
    super(message, { code: "widening_refused", cause: options.cause });
    this.table = options.table;
    this.column = options.column;
  }
}

/** COMMIT was sent and no answer came: whether it happened is known when `_dlt_loads` can be read again. */
export class CommitUnknownError extends DestinationError {
  readonly loadId: string;

  constructor(message: string, options: { readonly loadId: string; readonly cause?: unknown }) {
    super(message, { code: "commit_unknown", retryable: true, cause: options.cause });
    this.loadId = options.loadId;
  }
}
