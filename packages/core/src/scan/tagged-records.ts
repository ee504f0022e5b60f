import { TypeloadError } from "../errors.ts";
import { JsonNumber } from "./json-number.ts";
import { maximumDepth } from "./json-scanner.ts";

/** A record from user code holds something that cannot be logged (a function, a symbol, a promise, a cycle). */
export class RecordEncodeError extends TypeloadError {
  constructor(message: string) {
    super(message, { code: "record_not_encodable" });
  }
}

/**
 * Records from user code as JSON text in which bigint, Date, Uint8Array, JsonNumber, Map, numbers that JSON does not have, and objects
 * that would be taken for a tag are written as an object with one key: `{"$bigint":"1"}`. Members that are `undefined` are dropped, and so
 * are members named in `secrets`, at any depth. A Set becomes a list. An object with `toJSON` is what that gives, as in `JSON.stringify`;
 * any other instance of a class (an entity of an ORM, a row of a driver) is its own enumerable members, without those of its prototype.
 *
 * @throws RecordEncodeError for functions, symbols, invalid dates, objects that hold no data of their own (promises, errors, regular
 * expressions, buffers and number arrays other than Uint8Array, instances with private members only), and nesting deeper than 512 levels
 * (or a cycle).
 */
export function encodeTaggedRecords(records: readonly unknown[], secrets: ReadonlySet<string> = new Set()): Uint8Array {
  return new TextEncoder().encode(
    JSON.stringify(records.map((record, index) => new Tagging(index, secrets).tagged(record, 0))),
  );
}

/** What {@link encodeTaggedRecords} was given: a Map comes back as a Map, and objects with a `__proto__` key come back as one. */
export function decodeTaggedRecords(bytes: Uint8Array): readonly unknown[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
  // Written by encodeTaggedRecords.
  const records = JSON.parse(text) as unknown[];
  return text.includes('{"$') ? records.map(untagged) : records;
}

class Tagging {
  private readonly record: number;
  private readonly secrets: ReadonlySet<string>;

  constructor(record: number, secrets: ReadonlySet<string>) {
    this.record = record;
    this.secrets = secrets;
  }

  /** The same value when nothing in it needs a tag. */
  tagged(value: unknown, depth: number): unknown {
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
        return value === null ? null : this.object(value, depth);
      case "undefined":
        return undefined;
      default:
        throw this.error(`holds a ${typeof value}: only data can be loaded, drop it in the source`);
    }
  }

  private object(value: object, depth: number): unknown {
    if (depth > maximumDepth) {
      throw this.error(`is nested deeper than ${maximumDepth} levels, or holds itself: hand over plain data`);
    }
    if (Array.isArray(value)) return this.list(value, depth);
    if (value instanceof JsonNumber) return { $number: value.text };
    if (value instanceof Date) {
      if (Number.isNaN(value.getTime())) throw this.error("holds an invalid Date: hand over null, or a valid one");
      return { $date: value.getTime() };
    }
    if (value instanceof Uint8Array) {
      return { $bytes: Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64") };
    }
    if (value instanceof Map) return { $map: this.pairs(value, depth) };
    if (value instanceof Set) return this.list([...value], depth);
    // As JSON.stringify does: what a library's number, date or id wants to be in JSON.
    if ("toJSON" in value && typeof value.toJSON === "function") return this.tagged(value.toJSON(), depth + 1);
    return this.members(value, depth);
  }

  private list(elements: readonly unknown[], depth: number): unknown[] {
    return elements.map((element) => this.tagged(element, depth + 1) ?? null);
  }

  private members(value: object, depth: number): unknown {
    const all = Object.entries(value);
    if (!isData(value, all.length)) {
      throw this.error(
        `holds ${nameOf(value)}, which has no data of its own that could be loaded: ` +
          "hand over plain data (objects, lists, text, numbers, Date, Map, Set, Uint8Array), or give it a toJSON()",
      );
    }
    // Before the look at what is left: it must not look like a tag.
    const entries = this.secrets.size === 0 ? all : all.filter(([key]) => !this.secrets.has(key));
    const looksTagged = entries.length === 1 && entries[0]?.[0].startsWith("$") === true;
    if (looksTagged || Object.hasOwn(value, "__proto__")) return { $object: this.pairs(entries, depth) };
    const members: Record<string, unknown> = {};
    for (const [key, member] of entries) members[key] = this.tagged(member, depth + 1);
    return members;
  }

  private pairs(entries: Iterable<readonly [unknown, unknown]>, depth: number): [string, unknown][] {
    return [...entries]
      .map(([key, member]) => [String(key), member] as const)
      .filter(([key, member]) => member !== undefined && !this.secrets.has(key))
      .map(([key, member]) => [key, this.tagged(member, depth + 1)]);
  }

  private error(problem: string): RecordEncodeError {
    return new RecordEncodeError(`record ${this.record} ${problem}`);
  }
}

/** A plain object (of any realm), or an instance of a class of somebody's own that has something to show. */
function isData(value: object, members: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return true;
  // What the language and the platform bring along names itself: [object Promise], [object RegExp].
  return members > 0 && Object.prototype.toString.call(value) === "[object Object]";
}

function nameOf(value: object): string {
  const { constructor } = value;
  const name = typeof constructor === "function" ? constructor.name : "";
  return name === "" ? "an object of an unnamed class" : `an object of class ${name}`;
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
