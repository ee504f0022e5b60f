import { JsonNumber } from "./json-number.ts";

/**
 * A value as compact JSON text that keeps what the feeder kept: the order of keys, and the digits of numbers. Members that are
 * `undefined` are dropped; dates become ISO text, bytes base64.
 */
export function jsonText(value: unknown): string {
  if (typeof value !== "object" || value === null) return scalarText(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`;
  if (value instanceof JsonNumber) return value.text;
  if (value instanceof Date) return JSON.stringify(value.toISOString());
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  const members: string[] = [];
  for (const [key, member] of value instanceof Map ? value : Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(String(key))}:${jsonText(member)}`);
  }
  return `{${members.join(",")}}`;
}

function scalarText(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  // `undefined` in a list, as JSON.stringify does.
  return JSON.stringify(value) ?? "null";
}
