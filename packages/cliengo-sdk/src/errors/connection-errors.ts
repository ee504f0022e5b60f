import { CliengoError } from "./cliengo-error.ts";

/** An attempt took longer than `timeout`, body included. Raise `timeout`, or ask for smaller pages. */
export class TimeoutError extends CliengoError {
  override readonly name = "TimeoutError";
  readonly code = "ERR_CLIENGO_TIMEOUT";
  readonly retryable = true;
}

/** No answer: name not found, connection refused or reset, TLS failure. `cause` is the runtime's own error, without credentials. */
export class ConnectionError extends CliengoError {
  override readonly name = "ConnectionError";
  readonly code = "ERR_CLIENGO_CONNECTION";
  readonly retryable = true;
}

/** The API sent the request elsewhere: to another origin, too often, or for a write. Credentials are never sent there. */
export class RedirectError extends CliengoError {
  override readonly name = "RedirectError";
  readonly code = "ERR_CLIENGO_REDIRECT";
  readonly retryable = false;
}

/** The caller's `signal` was aborted; `cause` is its reason. */
export class AbortedError extends CliengoError {
  override readonly name = "AbortedError";
  readonly code = "ERR_CLIENGO_ABORTED";
  readonly retryable = false;
}

/** More calls were waiting for a free place than the client keeps in line. Await some of them first. */
export class QueueFullError extends CliengoError {
  override readonly name = "QueueFullError";
  readonly code = "ERR_CLIENGO_QUEUE_FULL";
  readonly retryable = true;
}
