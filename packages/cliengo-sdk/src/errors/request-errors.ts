import { CliengoError } from "./cliengo-error.ts";

/** The client was set up wrongly, or a call got arguments that cannot be sent: nothing was sent. Correct the code. */
export class ConfigurationError extends CliengoError {
  override readonly name = "ConfigurationError";
  readonly code = "ERR_CLIENGO_CONFIGURATION";
  readonly retryable = false;
}

/** The API refused the request as it is: status 400, 422 and other 4xx without a class of their own. Correct the arguments. */
export class BadRequestError extends CliengoError {
  override readonly name = "BadRequestError";
  readonly code = "ERR_CLIENGO_BAD_REQUEST";
  readonly retryable = false;
}

/** Status 401: the key or JWT is missing, wrong or expired (a JWT was already renewed once). Get a new key. */
export class AuthenticationError extends CliengoError {
  override readonly name = "AuthenticationError";
  readonly code = "ERR_CLIENGO_AUTHENTICATION";
  readonly retryable = false;
}

/** Status 403: the key is valid, but its user may not do this. Use the key of a user with the permission. */
export class PermissionError extends CliengoError {
  override readonly name = "PermissionError";
  readonly code = "ERR_CLIENGO_PERMISSION";
  readonly retryable = false;
}

/** Status 404 or 410: no such record, or it was deleted. */
export class NotFoundError extends CliengoError {
  override readonly name = "NotFoundError";
  readonly code = "ERR_CLIENGO_NOT_FOUND";
  readonly retryable = false;
}

/** Status 409 or 412: the record is in a state that forbids the change. Read it again first. */
export class ConflictError extends CliengoError {
  override readonly name = "ConflictError";
  readonly code = "ERR_CLIENGO_CONFLICT";
  readonly retryable = false;
}

/** Status 429 for longer than the retry budget allows. Slow down: lower `rateLimit` or `concurrency`. */
export class RateLimitError extends CliengoError {
  override readonly name = "RateLimitError";
  readonly code = "ERR_CLIENGO_RATE_LIMIT";
  readonly retryable = true;
}

/** Status 408, 425 or 5xx, after all retries. Try later. */
export class ServerError extends CliengoError {
  override readonly name = "ServerError";
  readonly code = "ERR_CLIENGO_SERVER";
  readonly retryable = true;
}
