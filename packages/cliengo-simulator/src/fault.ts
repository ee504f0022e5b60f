/** A number of bytes of the body that still arrive. Default: half of it. */
export interface BrokenBody {
  readonly afterBytes?: number | undefined;
}

/** For a fault in place of an answer: `true` lets the request take effect first, so that only its answer is lost. Default false. */
export interface Applied {
  readonly applied?: boolean | undefined;
}

/** Any status with a body of one's own; `retryAfter` is seconds, a date, or the header's text. */
export interface StatusFault extends Applied {
  readonly kind: "status";
  readonly status: number;
  /** Default: an error object that names the status. */
  readonly body?: string | undefined;
  /** Default `application/json`. */
  readonly contentType?: string | undefined;
  readonly retryAfter?: number | Date | string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A page of HTML, as a proxy sends it; status 200 unless told otherwise. */
export interface HtmlFault extends Applied {
  readonly kind: "html";
  readonly status?: number | undefined;
}

/** The connection is reset (RST): before any byte, or inside the body when `afterBytes` is given. */
export interface ResetFault extends Applied {
  readonly kind: "reset";
  readonly afterBytes?: number | undefined;
}

/** No answer ever; with `afterBytes` the headers and so much of the body come, then nothing. */
export interface HangFault extends Applied {
  readonly kind: "hang";
  readonly afterBytes?: number | undefined;
}

/** The connection is closed inside the body, whose `Content-Length` promised more. */
export interface CutBodyFault extends BrokenBody {
  readonly kind: "cut-body";
}

/** The body arrives in small pieces. */
export interface SlowBodyFault {
  readonly kind: "slow-body";
  /** Default 256. */
  readonly bytesPerChunk?: number | undefined;
  /** Default 20. */
  readonly millisecondsPerChunk?: number | undefined;
}

/** Status 200, a right `Content-Length` and JSON that cannot be parsed: cut, followed by more, with a bare NaN, or no JSON at all. */
export interface WrongJsonFault {
  readonly kind: "wrong-json";
  /** Default `cut`. */
  readonly as?: "cut" | "trailing" | "nan" | "text" | undefined;
}

/** Says `Content-Encoding: gzip` and sends bytes that are not. */
export interface BadGzipFault {
  readonly kind: "bad-gzip";
}

/** A wait before the answer, which then is the right one. May come on top of another fault. */
export interface LatencyFault {
  readonly kind: "latency";
  readonly milliseconds: number;
}

/** `paging.total` lies: another number, or something made of the true one. */
export interface WrongTotalFault {
  readonly kind: "wrong-total";
  readonly total: number | ((total: number) => number);
}

/** The page begins with the last rows of the page before it, beyond its `limit`. */
export interface DuplicateRowsFault {
  readonly kind: "duplicate-rows";
  /** Default 5. */
  readonly rows?: number | undefined;
}

/** No rows, while `total` still counts them. */
export interface EmptyListFault {
  readonly kind: "empty-list";
}

/** What goes wrong with one request. */
export type Fault =
  | StatusFault
  | HtmlFault
  | ResetFault
  | HangFault
  | CutBodyFault
  | SlowBodyFault
  | WrongJsonFault
  | BadGzipFault
  | LatencyFault
  | WrongTotalFault
  | DuplicateRowsFault
  | EmptyListFault;
