import type { UnreadableReason } from "../errors/unreadable-response-error.ts";
import { findJsonError } from "./find-json-error.ts";

/** JSON that was read, or where and why it could not be. */
export type DecodedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: UnreadableReason; readonly byte: number; readonly message: string };

const htmlStart = /^\s*<[a-z!?]/i;
// The rest of a literal, a number or an escape that was cut off.
const cutToken = /^[\w\\.+-]{0,5}$/;

/** Reads the bytes of a body as JSON of at most `maxDepth` levels. Bytes that are not UTF-8 are refused, not replaced. */
export function decodeJson(bytes: Uint8Array, maxDepth: number): DecodedJson {
  if (htmlStart.test(new TextDecoder().decode(bytes.subarray(0, 1000)))) {
    return { ok: false, reason: "html", byte: 0, message: "is a web page, not JSON" };
  }
  const tooDeep = findTooDeep(bytes, maxDepth);
  if (tooDeep !== undefined) {
    return { ok: false, reason: "too-deep", byte: tooDeep, message: `is nested more than ${maxDepth} levels deep` };
  }
  // The decoder leaves out a byte order mark.
  const begin = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, reason: "utf8", byte: findBadByte(bytes, begin), message: "is not UTF-8" };
  }
  try {
    // The API's own data: `unknown` until a caller's declared type.
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return describe(text, begin);
  }
}

function describe(text: string, begin: number): DecodedJson {
  const index = findJsonError(text) ?? text.length;
  const byte = begin + lengthOf(text.slice(0, index));
  if (cutToken.test(text.slice(index))) {
    return { ok: false, reason: "truncated", byte, message: text === "" ? "is empty" : "ends in the middle" };
  }
  return { ok: false, reason: "json", byte, message: "is not JSON" };
}

function lengthOf(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

/** Where the lenient reading puts its mark, less the marks that the text itself holds. */
function findBadByte(bytes: Uint8Array, begin: number): number {
  let at = begin;
  for (const piece of new TextDecoder().decode(bytes).split("\ufffd")) {
    at += lengthOf(piece);
    const isGenuine = bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd;
    if (!isGenuine) return at;
    at += 3;
  }
  return at;
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
