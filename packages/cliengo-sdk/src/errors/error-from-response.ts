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
  "Check `apiKey` or CLIENGO_API_KEY; in Cliengo: Chatbots > Integrations > API > Generate API Key.";

type Meaning = readonly [new (message: string, details: CliengoErrorDetails) => CliengoError, hint: string];

const later: Meaning = [ServerError, "Try later."];
const gone: Meaning = [NotFoundError, "It does not exist, was deleted, or belongs to another account."];
const conflict: Meaning = [ConflictError, "Read the record again first."];

// These mean the same at any offset.
const meanings: Readonly<Record<number, Meaning>> = {
  401: [AuthenticationError, whereIsTheKey],
  403: [PermissionError, "Use the key of a user with the permission."],
  408: later,
  425: later,
  429: [RateLimitError, "Lower `rateLimit` or `concurrency`, or try later."],
};
const otherMeanings: Readonly<Record<number, Meaning>> = { 404: gone, 409: conflict, 410: gone, 412: conflict };

/** The one place where a status becomes a class. */
export function errorFromResponse({ status, detail, details, offset }: FailedResponse): CliengoError {
  const said = detail === "" ? "" : `: ${detail}`;
  const message = `${details.request.method} ${details.request.url} was answered with status ${status}${said}.`;
  const clear = meanings[status] ?? (status >= 500 ? later : undefined);
  if (clear === undefined && offset > offsetCeiling) {
    // Nobody recorded the status or body of the refusal, so any other 4xx above the ceiling counts as one.
    const hint = "Narrow the list, for instance by `since` and `until`.";
    return new OffsetCeilingError(message, { ...details, hint, reached: offset });
  }
  const [Class, hint] = clear ?? otherMeanings[status] ?? [BadRequestError, "Correct the arguments."];
  return new Class(message, { ...details, hint });
}
