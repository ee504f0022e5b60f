import { inspect } from "node:util";
import type { Column } from "@typeload/core";
import { canonicalJson, canonicalNumber } from "./canonical-json.ts";

/** A cell in the one form in which the suite compares: text, or null. */
export type CanonicalCell = string | null;

/**
 * Brings a cell to the one form in which the suite compares. Drivers give the same value in many shapes; those listed here are taken,
 * and anything else is an error that names the column, so that no value is bent into looking right.
 *
 * | type | taken | canonical |
 * |---|---|---|
 * | any | `null`, `undefined` | `null` |
 * | `text` | string | as it is |
 * | `bigint` | bigint, safe integer, text of digits | `-12` |
 * | `double` | number, text of a number | shortest text that gives the same double; `-0` keeps its sign |
 * | `decimal`, `wei` | text, bigint, safe integer | plain decimal text without zeros at the end: `12.5` |
 * | `bool` | boolean | `true`, `false` |
 * | `timestamp` | ISO text with `T` or blank, 0 to 9 digits, `Z`, an offset or (a local time) nothing; Date | `2026-01-02T03:04:05.000006Z`, local without `Z` |
 * | `date` | ISO text | `2026-01-02` |
 * | `time` | ISO text | `03:04:05.000006` |
 * | `binary` | Uint8Array | hex |
 * | `json` | JSON text; an object or array that a driver has parsed | compact JSON, members sorted, numbers as plain decimal text |
 */
export function canonicalCell(value: unknown, column: Column): CanonicalCell {
  if (value === null || value === undefined) return null;
  const canonical = canonicalOf(value, column);
  if (canonical !== undefined) return canonical;
  const shown = typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : inspect(value);
  throw new TypeError(
    `column ${column.name} (${column.dataType ?? "no type"}) was read as a ${typeof value} that the suite does not take: ${shown}`,
  );
}

function canonicalOf(value: unknown, column: Column): string | undefined {
  switch (column.dataType) {
    case "text":
      return typeof value === "string" ? value : undefined;
    case "bigint":
      return integerText(value);
    case "double":
      return doubleText(value);
    case "decimal":
    case "wei":
      return decimalText(value);
    case "bool":
      return typeof value === "boolean" ? String(value) : undefined;
    case "timestamp":
      return timestampText(value instanceof Date ? value.toISOString() : value, column.timezone !== false);
    case "date":
      return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
    case "time":
      return timeText(value);
    case "binary":
      return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : undefined;
    case "json":
      return canonicalJson(typeof value === "string" ? value : JSON.stringify(value));
    case undefined:
      return undefined;
  }
}

function integerText(value: unknown): string | undefined {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" && /^-?\d+$/.test(value) ? String(BigInt(value)) : undefined;
}

function doubleText(value: unknown): string | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  if (typeof number !== "number" || Number.isNaN(number)) return undefined;
  return Object.is(number, -0) ? "-0" : String(number);
}

function decimalText(value: unknown): string | undefined {
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  return typeof value === "string" ? canonicalNumber(value) : undefined;
}

const timestampPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?(Z|[+-]\d{2}(?::?\d{2})?)?$/;

function timestampText(value: unknown, zoned: boolean): string | undefined {
  const match = typeof value === "string" ? timestampPattern.exec(value) : null;
  if (match === null) return undefined;
  const [, date, time, digits, zone] = match;
  if (zoned !== (zone !== undefined)) return undefined;
  const fraction = sixDigits(digits);
  if (fraction === undefined) return undefined;
  if (zone === undefined) return `${date}T${time}.${fraction}`;
  const offset = zone === "Z" ? "Z" : `${zone.slice(0, 3)}:${zone.replace(":", "").slice(3) || "00"}`;
  const instant = new Date(`${date}T${time}${offset}`);
  return Number.isNaN(instant.getTime()) ? undefined : `${instant.toISOString().slice(0, -5)}.${fraction}Z`;
}

function timeText(value: unknown): string | undefined {
  const match = typeof value === "string" ? /^(\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?$/.exec(value) : null;
  const fraction = sixDigits(match?.[2]);
  return match === null || fraction === undefined ? undefined : `${match[1]}.${fraction}`;
}

/** Nanosecond engines show nine digits: the last three must say nothing. */
function sixDigits(digits = ""): string | undefined {
  const nine = digits.padEnd(9, "0");
  return nine.endsWith("000") ? nine.slice(0, 6) : undefined;
}
