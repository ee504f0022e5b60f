import { hasParseHazard } from "./parse-hazards.ts";
import { parseLossless } from "./parse-lossless.ts";

/**
 * The records of a page that {@link inspectPage} accepted, without losing a digit or the order of a key: numbers that a JavaScript
 * number would bend are {@link JsonNumber}, objects that a JavaScript object would bend are `Map`. The usual page needs neither and
 * goes through `JSON.parse`.
 */
export function parseRecords(bytes: Uint8Array, at: readonly string[]): readonly unknown[] {
  // Buffer's decoder keeps a byte order mark.
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  const json = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const page: unknown = hasParseHazard(bytes) ? parseLossless(json) : JSON.parse(json);
  let records = page;
  for (const name of at) records = member(records, name);
  return Array.isArray(records) ? records : [records];
}

function member(value: unknown, name: string): unknown {
  if (value instanceof Map) return value.get(name);
  // inspectPage found an object with this member here.
  return (value as Readonly<Record<string, unknown>>)[name];
}
