import { createHash } from "node:crypto";
import { JsonNumber } from "../scan/json-number.ts";

/**
 * The first bytes of SHAKE-128 over a text, as base64 without `=`: dlt's way to make ids. Ten bytes give 14 characters.
 * Source: facts/dlt.md §2.8; recorded: golden suite `system-tables`, kind `digest`.
 */
export function digest128(text: string, bytes = 10): string {
  return createHash("shake128", { outputLength: bytes }).update(text).digest("base64").replace(/=+$/, "");
}

/** The id of a row of a list: made of its parent's id, the child table and its place, so the same list gives the same ids. */
export function childRowId(parentId: string, table: string, index: number): string {
  return digest128(`${parentId}_${table}_${index}`);
}

/** The id of a row with a key, as dlt's upsert makes it: the hash of `{column: value}` in canonical JSON. */
export function keyRowId(key: readonly (readonly [column: string, value: unknown])[]): string {
  return digest128(canonicalJson(new Map(key)));
}

/** The id of a row without a key: what it hangs on, its content, and its number among equal ones. */
export function contentRowId(parent: string, content: string, occurrence: number): string {
  return digest128(JSON.stringify([parent, content, occurrence]));
}

/** The part of an id that all rows of one load and table share; see {@link ordinalRowId}. */
export function ordinalPrefix(loadId: string, table: string): string {
  return digest128(JSON.stringify([loadId, table]), 6);
}

/** The id of the n-th row of a load and table: eight characters of the prefix, six that count. Unique up to 2^36 rows. */
export function ordinalRowId(prefix: string, ordinal: number): string {
  let count = "";
  for (let rest = ordinal, place = 0; place < 6; place += 1, rest = Math.floor(rest / 64)) {
    count = alphabet.charAt(rest % 64) + count;
  }
  return prefix + count;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/**
 * A value as compact JSON with sorted keys, as orjson prints it: what hashes are made of. Keys are sorted by code point; a number keeps
 * whether it was written as an integer; floats as JavaScript prints them, but `1.0` where integral, an exponent from `1e+16` on and
 * below `1e-5`. Times are ISO text with `+00:00`. Source: golden README, suite `system-tables`.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? String(value) : floatText(value);
    case "bigint":
      return value.toString();
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : objectJson(value);
    default:
      return "null";
  }
}

function objectJson(value: object): string {
  if (value instanceof JsonNumber) return numberText(value.text);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(",")}]`;
  if (value instanceof Date) return `"${timeText(value)}"`;
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  const entries: [string, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
  const members = entries
    .filter(([, member]) => member !== undefined)
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

/** As Python prints a time: six digits of fraction or none. */
function timeText(time: Date): string {
  const text = time.toISOString();
  return text.endsWith(".000Z") ? text.replace(".000Z", "+00:00") : text.replace("Z", "000+00:00");
}

function numberText(text: string): string {
  if (!/^-?\d+$/.test(text)) return floatText(Number(text));
  return text === "-0" ? "0" : text;
}

function floatText(value: number): string {
  if (!Number.isFinite(value)) return "null";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e16 || size < 1e-5)) return value.toExponential();
  const text = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Python sorts text by code point; JavaScript by UTF-16 unit, which differs beyond U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    if (a.charCodeAt(index) === b.charCodeAt(index)) continue;
    return (a.codePointAt(index) ?? 0) - (b.codePointAt(index) ?? 0);
  }
  return a.length - b.length;
}
