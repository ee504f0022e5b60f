import { TypeloadError } from "../errors.ts";
import { JsonNumber } from "./json-number.ts";
import { maximumDepth } from "./json-scanner.ts";

/** A record from user code holds something that cannot be logged (a function, a symbol, a cycle). */
export class RecordEncodeError extends TypeloadError {
  constructor(message: string) {
    super(message, { code: "record_not_encodable" });
  }
}

/**
 * Records from user code as JSON text in which bigint, Date, Uint8Array, JsonNumber, numbers that JSON does not have, and objects
 * that would be taken for a tag are written as an object with one key: `{"$bigint":"1"}`. Members that are `undefined` are dropped.
 *
 * @throws RecordEncodeError for functions, symbols, invalid dates, and nesting deeper than 512 levels (or a cycle).
 */
export function encodeTaggedRecords(records: readonly unknown[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(records.map((record, index) => tagged(record, index, 0))));
}

/** What {@link encodeTaggedRecords} was given: a Map comes back as a Map, and objects with a `__proto__` key come back as one. */
export function decodeTaggedRecords(bytes: Uint8Array): readonly unknown[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  // Written by encodeTaggedRecords.
  const records = JSON.parse(text) as unknown[];
  return text.includes('{"$') ? records.map(untagged) : records;
}

/** The same value when nothing in it needs a tag. */
function tagged(value: unknown, record: number, depth: number): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $float: Object.is(value, -0) ? "-0" : String(value) };
    case "bigint":
      return { $bigint: String(value) };
    case "object":
      return value === null ? null : taggedObject(value, record, depth);
    case "undefined":
      return undefined;
    default:
      throw new RecordEncodeError(
        `record ${record} holds a ${typeof value}: only data can be loaded, drop it in the source`,
      );
  }
}

function taggedObject(value: object, record: number, depth: number): unknown {
  if (depth > maximumDepth) {
    throw new RecordEncodeError(
      `record ${record} is nested deeper than ${maximumDepth} levels, or holds itself: hand over plain data`,
    );
  }
  if (Array.isArray(value)) return value.map((element) => tagged(element, record, depth + 1) ?? null);
  if (value instanceof JsonNumber) return { $number: value.text };
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime()))
      throw new RecordEncodeError(`record ${record} holds an invalid Date: hand over null, or a valid one`);
    return { $date: value.getTime() };
  }
  if (value instanceof Uint8Array) {
    return { $bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
  }
  if (value instanceof Map) return { $map: pairs(value, record, depth) };
  // As JSON.stringify does: what a library's number, date or id wants to be in JSON.
  if ("toJSON" in value && typeof value.toJSON === "function") return tagged(value.toJSON(), record, depth + 1);
  return taggedMembers(value, record, depth);
}

function taggedMembers(value: object, record: number, depth: number): unknown {
  const entries = Object.entries(value);
  const looksTagged = entries.length === 1 && entries[0]?.[0].startsWith("$") === true;
  if (looksTagged || Object.hasOwn(value, "__proto__")) return { $object: pairs(entries, record, depth) };
  const members: Record<string, unknown> = {};
  for (const [key, member] of entries) members[key] = tagged(member, record, depth + 1);
  return members;
}

function pairs(entries: Iterable<readonly [unknown, unknown]>, record: number, depth: number): [string, unknown][] {
  return [...entries]
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [String(key), tagged(member, record, depth + 1)]);
}

function untagged(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(untagged);
  const entries = Object.entries(value);
  const [tag, content] = entries[0] ?? [];
  if (entries.length === 1 && tag?.startsWith("$") === true) return special(tag, content);
  for (const [key, member] of entries) {
    if (typeof member === "object" && member !== null) Reflect.set(value, key, untagged(member));
  }
  return value;
}

function special(tag: string, content: unknown): unknown {
  switch (tag) {
    case "$bigint":
      return BigInt(String(content));
    case "$number":
      return new JsonNumber(String(content));
    case "$float":
      return Number(content);
    case "$date":
      return new Date(Number(content));
    case "$bytes":
      return new Uint8Array(Buffer.from(String(content), "base64"));
    default:
      return untaggedPairs(content, tag === "$object");
  }
}

function untaggedPairs(content: unknown, plain: boolean): unknown {
  // Written by `pairs`.
  const entries = (content as readonly (readonly [string, unknown])[]).map(
    ([key, member]) => [key, untagged(member)] as const,
  );
  return plain && !entries.some(([key]) => key === "__proto__") ? Object.fromEntries(entries) : new Map(entries);
}
