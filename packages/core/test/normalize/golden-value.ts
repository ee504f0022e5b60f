import type { CellValue } from "../../src/testing/cell-value.ts";
import type { Column } from "../../src/schema/schema.ts";

/** A value as the golden files write it (their README, §1). */
export type GoldenValue =
  | string
  | number
  | boolean
  | null
  | readonly GoldenValue[]
  | { readonly [key: string]: GoldenValue };

const numbers = new Set(["$int", "$float"]);

/** A value that JSON text cannot say: only a Python library gives it. */
export class NotJson extends Error {}

/** The JSON text that an API would have sent for it. */
export function jsonTextOf(value: GoldenValue): string {
  if (Array.isArray(value)) return `[${value.map(jsonTextOf).join(",")}]`;
  // Lists are gone, so this is an object or a scalar.
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value as Readonly<Record<string, GoldenValue>>);
  const [tag, content] = entries[0] ?? [];
  if (entries.length === 1 && tag?.startsWith("$") === true) {
    if (numbers.has(tag)) {
      if (/^-?\d/.test(String(content))) return String(content);
      throw new NotJson(String(content));
    }
    if (tag === "$dict") return membersText(content as readonly (readonly [string, GoldenValue])[]);
    throw new NotJson(tag);
  }
  return membersText(entries);
}

/** Why a case cannot be asked in JSON; undefined: it can. */
export function beyondJson(values: GoldenValue): string | undefined {
  try {
    jsonTextOf(values);
    return undefined;
  } catch (error) {
    if (error instanceof NotJson) return "values that only a Python library gives";
    throw error;
  }
}

function membersText(entries: readonly (readonly [string, GoldenValue])[]): string {
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${jsonTextOf(member)}`).join(",")}}`;
}

/** A golden value and a cell in one form, so that they can be compared as text: `bigint 5`, `double 1.5`, `timestamp …`. */
export function goldenForm(value: GoldenValue, type: string): string {
  if (type === "json") return `json ${looseJson(value)}`;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const [tag, content] = Object.entries(value)[0] ?? [];
    if (tag === "$int") return `bigint ${String(content)}`;
    if (tag === "$float") return `double ${Number(content)}`;
    if (tag === "$decimal" || tag === "$wei") return `${type} ${trimmed(String(content))}`;
    if (tag === "$timestamp") return `timestamp ${sixDigits(String(content))}`;
    if (tag === "$time") return `time ${sixDigits(String(content))}`;
    return `${type} ${String(content)}`;
  }
  if (typeof value === "number") return type === "double" ? `double ${value}` : `bigint ${value}`;
  return `${type} ${String(value)}`;
}

/** A cell of ours in the same form. */
export function cellForm(value: CellValue, column: Column): string {
  const type = column.dataType ?? "none";
  if (type === "json") return `json ${looseJson(JSON.parse(String(value)) as GoldenValue)}`;
  if (type === "decimal" || type === "wei") return `${type} ${trimmed(String(value))}`;
  if (value instanceof Uint8Array) return `binary ${Buffer.from(value).toString("base64")}`;
  return `${type} ${String(value)}`;
}

function sixDigits(text: string): string {
  return text.replace(/(:\d\d)(Z?)$/, "$1.000000$2");
}

function trimmed(decimal: string): string {
  const plain = decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
  return plain === "-0" ? "0" : plain;
}

/** JSON with numbers as JavaScript numbers: what a json column holds is compared by value. */
function looseJson(value: GoldenValue): string {
  try {
    return canonical(JSON.parse(jsonTextOf(value)));
  } catch (error) {
    if (error instanceof NotJson) return String(error);
    throw error;
  }
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(",")}}`;
}
