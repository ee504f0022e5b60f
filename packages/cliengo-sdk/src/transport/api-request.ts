import type { FailedRequest } from "../errors/cliengo-error.ts";

/** A request before credentials are added. */
export interface ApiRequest {
  readonly method: string;
  readonly url: string;
  /** JSON text. */
  readonly body: string | undefined;
}

/** An answer that was read whole, with a status of success. */
export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The body as received, decompressed. */
  readonly bytes: Uint8Array;
  /** The body as JSON; undefined where it was empty. */
  readonly json: unknown;
  /** Without credentials. */
  readonly request: FailedRequest;
  readonly requestId: string | undefined;
  /** How many times the request was sent. */
  readonly attempts: number;
}

const requestIdHeaders = [
  "x-request-id",
  "request-id",
  "x-correlation-id",
  "x-amzn-requestid",
  "x-amz-cf-id",
  "cf-ray",
];

/** The server's name for a request, wherever it or what stands before it puts one. */
export function requestIdOf(headers: Headers): string | undefined {
  for (const name of requestIdHeaders) {
    const id = headers.get(name);
    if (id !== null) return id;
  }
  return undefined;
}
