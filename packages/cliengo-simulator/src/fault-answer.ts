import { STATUS_CODES } from "node:http";
import { AnswerBody, type Answer } from "./answer.ts";
import type { BadGzipFault, HtmlFault, StatusFault, WrongJsonFault } from "./fault.ts";

/** The answer that a fault gives in place of the right one. */
export function replacedAnswer(fault: StatusFault | HtmlFault): Answer {
  if (fault.kind === "html") {
    const page =
      "<!DOCTYPE html>\n<html><head><title>One moment</title></head><body><h1>We will be right back</h1></body></html>\n";
    return { status: fault.status ?? 200, contentType: "text/html; charset=utf-8", body: new AnswerBody(page) };
  }
  const { status, retryAfter } = fault;
  const text = JSON.stringify({
    status,
    message: STATUS_CODES[status] ?? "Failure",
    detail: "A fault that the simulator was told to make",
  });
  const wait = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  return {
    status,
    contentType: fault.contentType ?? "application/json; charset=utf-8",
    headers: { ...fault.headers, ...(wait === undefined ? {} : { "retry-after": String(wait) }) },
    body: new AnswerBody(fault.body ?? text),
  };
}

/** The right answer with its bytes damaged, its length still true. */
export function damagedAnswer(answer: Answer, fault: WrongJsonFault | BadGzipFault): Answer {
  if (fault.kind === "bad-gzip") {
    return { ...answer, headers: { ...answer.headers, "content-encoding": "gzip" } };
  }
  return { ...answer, body: new AnswerBody(damage(answer.body.bytes, fault.as ?? "cut")) };
}

function damage(bytes: Buffer, how: "cut" | "trailing" | "nan" | "text"): Buffer {
  switch (how) {
    case "cut":
      return bytes.subarray(0, Math.floor(bytes.length / 2));
    case "trailing":
      return Buffer.concat([bytes, Buffer.from("}]")]);
    case "nan":
      // Before the closing bracket or brace, where a value or a member may not stand like this.
      return Buffer.concat([bytes.subarray(0, -1), Buffer.from(",NaN"), bytes.subarray(-1)]);
    case "text":
      return Buffer.from("upstream connect error or disconnect/reset before headers");
  }
}
