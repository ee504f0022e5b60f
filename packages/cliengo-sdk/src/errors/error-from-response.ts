import type { CliengoError, CliengoErrorDetails } from "./cliengo-error.ts";
import { OffsetCeilingError } from "./paging-errors.ts";
import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServerError,
} from "./request-errors.ts";

/** An answer with a status that is no success, credentials already removed. */
export interface FailedResponse {
  readonly status: number;
  /** What the body says, in one line; empty where it says nothing. */
  readonly detail: string;
  readonly details: CliengoErrorDetails & { readonly request: { readonly method: string; readonly url: string } };
  /** The `offset` that was asked for, 0 where none was. */
  readonly offset: number;
}

/** From here on the API was measured to refuse every `offset`, whatever the filters. */
export const offsetCeiling = 1000;

/** Where a key comes from, for every message about a missing or wrong one. */
export const whereIsTheKey =
  "Check CLIENGO_API_KEY or `apiKey`: in Cliengo the key is under Chatbots > Integrations > API > Generate API Key.";

/** The one place where a status becomes a class. */
export function errorFromResponse(response: FailedResponse): CliengoError {
  const { status, detail, details, offset } = response;
  const said = detail === "" ? "" : `: ${detail}`;
  const message = `${details.request.method} ${details.request.url} was answered with status ${status}${said}.`;
  const withHint = (hint: string): CliengoErrorDetails => ({ ...details, hint });

  switch (status) {
    case 401:
      return new AuthenticationError(message, withHint(whereIsTheKey));
    case 403:
      return new PermissionError(message, withHint("Use the key of a user with the permission."));
    case 429:
      return new RateLimitError(message, withHint("Lower `rateLimit` or `concurrency`, or try later."));
    case 408:
    case 425:
      return new ServerError(message, withHint("Try later."));
  }
  if (status >= 500) return new ServerError(message, withHint("Try later."));
  // Nobody recorded the status or body of the refusal, so any other 4xx above the ceiling counts as one.
  if (offset > offsetCeiling) {
    return new OffsetCeilingError(message, {
      ...withHint("Narrow the list, for instance by `since` and `until`."),
      reached: offset,
    });
  }
  switch (status) {
    case 404:
    case 410:
      return new NotFoundError(message, withHint("It does not exist, was deleted, or belongs to another account."));
    case 409:
    case 412:
      return new ConflictError(message, withHint("Read the record again first."));
    default:
      return new BadRequestError(message, withHint("Correct the arguments."));
  }
}
