import type { UnreadableReason } from "../errors/unreadable-response-error.ts";
import { findJsonError } from "./find-json-error.ts";

/** JSON that was read, or where and why it could not be. */
export type DecodedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: UnreadableReason; readonly byte: number; readonly message: string };

const htmlStart = /^\s*<(?:!doctype|html|head|body|\?xml)/i;
// The rest of a literal, a number or an escape that was cut off.
const cutToken = /^[\w\\.+-]{0,5}$/;

/** Reads the bytes of a body as JSON of at most `maxDepth` levels. Bytes that are not UTF-8 are refused, not replaced. */
export function decodeJson(bytes: Uint8Array, maxDepth: number): DecodedJson {
  const tooDeep = findTooDeep(bytes, maxDepth);
  if (tooDeep !== undefined) {
    return { ok: false, reason: "too-deep", byte: tooDeep, message: `is nested more than ${maxDepth} levels deep` };
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Where the lenient reading puts its mark; a mark that the text itself holds before it is rare enough.
    const lenient = new TextDecoder().decode(bytes);
    return { ok: false, reason: "utf8", byte: byteAt(lenient, lenient.indexOf("\ufffd")), message: "is not UTF-8" };
  }
  try {
    // The API's own data: `unknown` until a caller's declared type.
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return describe(text);
  }
}

function describe(text: string): DecodedJson {
  if (htmlStart.test(text)) {
    return { ok: false, reason: "html", byte: 0, message: "is a web page, not JSON" };
  }
  const index = findJsonError(text) ?? text.length;
  const byte = byteAt(text, index);
  if (cutToken.test(text.slice(index))) {
    return { ok: false, reason: "truncated", byte, message: text === "" ? "is empty" : "ends in the middle" };
  }
  return { ok: false, reason: "json", byte, message: "is not JSON" };
}

function byteAt(text: string, index: number): number {
  return new TextEncoder().encode(text.slice(0, index)).byteLength;
}

/** The offset of the bracket that opens one level too many. */
function findTooDeep(bytes: Uint8Array, maxDepth: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inString) {
      if (byte === 0x5c /* \ */) at++;
      else if (byte === 0x22 /* " */) inString = false;
    } else if (byte === 0x22) inString = true;
    else if (byte === 0x7b /* { */ || byte === 0x5b /* [ */) {
      if (++depth > maxDepth) return at;
    } else if (byte === 0x7d /* } */ || byte === 0x5d /* ] */) depth--;
  }
  return undefined;
}
