import type { CliengoErrorDetails, FailedRequest } from "../errors/cliengo-error.ts";
import { type UnreadableReason, UnreadableResponseError } from "../errors/unreadable-response-error.ts";
import type { ApiResponse } from "./api-request.ts";
import { decodeJson } from "./decode-json.ts";
import { describeSnippet } from "./describe-snippet.ts";
import type { ReadBody } from "./read-body.ts";
import type { SecretRedactor } from "./redact-secrets.ts";
import type { TransportSettings } from "./transport-settings.ts";

type Context = CliengoErrorDetails & { readonly request: FailedRequest };

const hints: Partial<Record<UnreadableReason, string>> = {
  html: "A proxy or login page stands before the API; check `baseUrl`.",
  "too-large": "Lower `limit`, or raise `limits.bodyBytes`.",
  "too-deep": "Raise `limits.depth`.",
  shape: "Check `baseUrl`.",
};

/** The JSON of an answer with a good status. An empty body is accepted for writes only. */
export function readJsonBody(
  settings: TransportSettings,
  method: string,
  response: Response,
  body: ReadBody,
  context: Context,
): unknown {
  const { bytes } = body;
  const { limits, redactor } = settings;
  if (body.exceeded) {
    const message = `has more than ${limits.bodyBytes} bytes`;
    throw unreadable("too-large", message, limits.bodyBytes, bytes, context, redactor);
  }
  if (bytes.byteLength === 0 && method !== "GET") return undefined;

  const decoded = decodeJson(bytes, limits.depth);
  const announced = announcedLength(response);
  if (announced !== undefined && announced !== bytes.byteLength) {
    const message = `has ${bytes.byteLength} bytes, but Content-Length says ${announced}`;
    throw unreadable("length", message, bytes.byteLength, bytes, context, redactor);
  }
  if (decoded.ok) return decoded.value;
  throw unreadable(decoded.reason, decoded.message, decoded.byte, bytes, context, redactor);
}

/** The error for JSON that is not what the operation answers. */
export function wrongShape(message: string, answer: ApiResponse, redactor: SecretRedactor): UnreadableResponseError {
  return unreadable("shape", message, 0, answer.bytes, answer, redactor);
}

function unreadable(
  reason: UnreadableReason,
  message: string,
  byte: number,
  bytes: Uint8Array,
  context: Context,
  redactor: SecretRedactor,
): UnreadableResponseError {
  return new UnreadableResponseError(`The answer to ${context.request.method} ${context.request.url} ${message}.`, {
    request: context.request,
    status: context.status,
    requestId: context.requestId,
    attempts: context.attempts,
    reason,
    byte,
    snippet: describeSnippet(bytes, byte, redactor),
    hint: hints[reason] ?? "It was cut or changed on its way; try later.",
  });
}

// Of a compressed body only the compressed length is announced; runtimes that hide the encoding hide the length too.
function announcedLength(response: Response): number | undefined {
  const length = response.headers.get("content-length");
  const encoding = response.headers.get("content-encoding") ?? "identity";
  return length === null || encoding !== "identity" ? undefined : Number(length);
}
