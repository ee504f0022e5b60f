import { gzip } from "node:zlib";
import { promisify } from "node:util";
import type { ApiError } from "./api-error.ts";

const compress = promisify(gzip);

/** The bytes of an answer; compressed at most once, however often they are sent. */
export class AnswerBody {
  readonly bytes: Buffer;
  #compressed: Promise<Buffer> | undefined;

  constructor(content: string | Buffer) {
    this.bytes = typeof content === "string" ? Buffer.from(content) : content;
  }

  gzip(): Promise<Buffer> {
    // The wire is loopback: the quickest level is the right one.
    this.#compressed ??= compress(this.bytes, { level: 1 });
    return this.#compressed;
  }
}

/** What a route answers, before faults and compression. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body: AnswerBody;
}

export function jsonAnswer(status: number, value: object): Answer {
  return { status, contentType: "application/json; charset=utf-8", body: new AnswerBody(JSON.stringify(value)) };
}

export function errorAnswer(error: ApiError, form: "object" | "text"): Answer {
  if (form === "text") {
    return { status: error.status, contentType: "text/plain; charset=utf-8", body: new AnswerBody(error.message) };
  }
  return jsonAnswer(error.status, {
    status: error.status,
    code: error.code,
    message: error.message,
    detail: error.message,
  });
}
