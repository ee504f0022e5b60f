import { CliengoError, type CliengoErrorDetails } from "./cliengo-error.ts";

/**
 * Why an answer could not be read:
 * `html` a web page in place of JSON · `json` not JSON · `truncated` ends too early · `length` differs from
 * `Content-Length` · `utf8` not UTF-8 · `too-large`, `too-deep` beyond the client's `limits` · `shape` JSON, but not what
 * this operation answers.
 */
export type UnreadableReason = "html" | "json" | "truncated" | "length" | "utf8" | "too-large" | "too-deep" | "shape";

/** Where and why reading failed. `snippet` is at most 200 characters around `byte`, without credentials. */
export interface UnreadableDetails extends CliengoErrorDetails {
  readonly reason: UnreadableReason;
  readonly byte: number;
  readonly snippet: string;
}

/**
 * The answer had a good status but could not be read. GETs are retried first, because a proxy's error page or a cut
 * connection usually passes; `retryable` is false where a repeat would give the same (too large, too deep, wrong shape).
 */
export class UnreadableResponseError extends CliengoError {
  override readonly name = "UnreadableResponseError";
  readonly code = "ERR_CLIENGO_UNREADABLE_RESPONSE";
  readonly retryable: boolean;
  declare readonly reason: UnreadableReason;
  /** Offset of the first byte of the (decompressed) body that could not be read. */
  declare readonly byte: number;
  /** At most 200 characters around that byte; credentials are masked. */
  declare readonly snippet: string;

  constructor(message: string, details: UnreadableDetails) {
    super(`${message} Near byte ${details.byte}: ${JSON.stringify(details.snippet)}.`, details);
    this.retryable = !["too-large", "too-deep", "shape"].includes(details.reason);
  }
}
