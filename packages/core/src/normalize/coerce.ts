import type { Capabilities } from "../destination/capabilities.ts";
import type { Column } from "../schema/schema.ts";
import { JsonNumber } from "../scan/json-number.ts";
import { IsoText, parseTimeOfDay } from "../scan/iso-text.ts";
import {
  decimalFits,
  decimalFromText,
  doubleFromText,
  integerFromText,
  isPrintOfDouble,
  plainDecimal,
} from "./number-text.ts";
import { type Scalar, JsonText, fitsBigint, integerOf } from "./scalar.ts";

/** A value in the form of its column's vector: text, JSON and decimals as text; times as numbers. */
export type Cell = string | number | bigint | boolean | Uint8Array;

type Limits = Capabilities["decimalPrecision"];

const iso = new IsoText();
const day = 86_400_000;

/**
 * A value in the type of its column, or `undefined` when it does not fit without being bent. dlt's rules, without its lossy ones: numbers
 * and words never become bools, numbers never become times, `true` is the text `true`, an integer that a double would round does
 * not fit a double, and a precision hint is kept to. Text is taken at its word in a number column (`" 12 "`, `1_000`, `0xff`).
 */
export function coerce(value: Scalar, column: Column, limits: Limits): Cell | undefined {
  switch (column.dataType) {
    case "text":
      return withinLength(textOf(value), column.precision, limits);
    case "bigint":
      return withinBits(toBigint(value), column.precision, limits);
    case "double":
      return toDouble(value);
    case "decimal":
      return toDecimal(value, column, limits);
    case "wei":
      return decimalTextOf(value);
    case "bool":
      return typeof value === "boolean" ? value : undefined;
    case "timestamp":
      return toTimestamp(value);
    case "date":
      return toDate(value);
    case "time":
      return typeof value === "string" ? parseTimeOfDay(value) : undefined;
    case "binary":
      return toBinary(value);
    case "json":
      return toJson(value);
    case undefined:
      return undefined;
  }
}

/** A destination without a limit takes precision as a remark. */
function takesPrecision(limits: Limits): boolean {
  return limits.precision !== Number.POSITIVE_INFINITY;
}

function withinLength(text: string, length: number | undefined, limits: Limits): string | undefined {
  if (length === undefined || text.length <= length || !takesPrecision(limits)) return text;
  // Databases count characters; only text of less than two UTF-16 units a character can still fit.
  return text.length <= length * 2 && [...text].length <= length ? text : undefined;
}

/** Widths that databases have; one between two of them gets the wider. */
const integerWidths = [8, 16, 32];

function withinBits(
  value: number | bigint | undefined,
  bits: number | undefined,
  limits: Limits,
): number | bigint | undefined {
  if (value === undefined || bits === undefined || !takesPrecision(limits)) return value;
  const width = integerWidths.find((each) => each >= bits);
  if (width === undefined) return value;
  const end = 2 ** (width - 1);
  return value >= -end && value < end ? value : undefined;
}

/** Is this text a date with a time, so that a new column becomes a timestamp? */
export function isTimestampText(text: string): boolean {
  return iso.read(text) && iso.hasTime;
}

/** A value as text, numbers as they were written. */
export function textOf(value: Scalar): string {
  if (typeof value === "string") return value;
  if (value instanceof Date)
    return value
      .toISOString()
      .replace("Z", "+00:00")
      .replace(/\.000\+/, "+");
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return value instanceof JsonText ? value.text : String(value);
}

function toBigint(value: Scalar): number | bigint | undefined {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : bigintOrNothing(integralOf(value));
  if (typeof value === "string") return bigintOrNothing(integerFromText(value));
  const integer = integerOf(value);
  if (integer !== undefined) return bigintOrNothing(integer);
  return value instanceof JsonNumber && isPrintOfDouble(value.text)
    ? bigintOrNothing(integralOf(Number(value.text)))
    : undefined;
}

function integralOf(value: number): bigint | undefined {
  return Number.isInteger(value) ? BigInt(value) : undefined;
}

function bigintOrNothing(value: bigint | undefined): bigint | undefined {
  return value !== undefined && fitsBigint(value) ? value : undefined;
}

function toDouble(value: Scalar): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return doubleFromText(value);
  const integer = integerOf(value);
  if (integer !== undefined) {
    const double = Number(integer);
    return Number.isFinite(double) && BigInt(double) === integer ? double : undefined;
  }
  return value instanceof JsonNumber && isPrintOfDouble(value.text) ? Number(value.text) : undefined;
}

function toDecimal(value: Scalar, column: Column, limits: Limits): string | undefined {
  const { precision = limits.precision, scale = Math.min(limits.scale, precision) } = column;
  const plain = decimalTextOf(value);
  if (plain === undefined) return undefined;
  return !takesPrecision(limits) || decimalFits(plain, precision, scale) ? plain : undefined;
}

function decimalTextOf(value: Scalar): string | undefined {
  if (typeof value === "string") return decimalFromText(value);
  return typeof value === "number" || typeof value === "bigint" || value instanceof JsonNumber
    ? plainDecimal(String(value))
    : undefined;
}

function toTimestamp(value: Scalar): number | bigint | undefined {
  if (typeof value === "string") return iso.read(value) ? iso.microseconds : undefined;
  return value instanceof Date ? BigInt(value.getTime()) * 1000n : undefined;
}

function toDate(value: Scalar): number | undefined {
  if (typeof value === "string") return iso.read(value) ? iso.days : undefined;
  return value instanceof Date ? Math.floor(value.getTime() / day) : undefined;
}

const hexBytes = /^0x\s*(?:[\da-fA-F]{2}\s*)*$/;
const base64Bytes = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;

function toBinary(value: Scalar): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") {
    if (value.startsWith("0x")) {
      return hexBytes.test(value) ? Uint8Array.from(Buffer.from(value.slice(2).replace(/\s+/g, ""), "hex")) : undefined;
    }
    return base64Bytes.test(value) ? Uint8Array.from(Buffer.from(value, "base64")) : undefined;
  }
  const integer = integerOf(value);
  return integer !== undefined && integer >= 0n ? littleEndian(integer) : undefined;
}

/** As dlt writes an integer into a binary column: as few bytes as hold it, the lowest first. */
function littleEndian(value: bigint): Uint8Array {
  const hex = value === 0n ? "" : value.toString(16);
  return Uint8Array.from(Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex")).reverse();
}

function toJson(value: Scalar): string | undefined {
  if (value instanceof JsonText) return value.text;
  if (typeof value !== "string") return undefined;
  try {
    JSON.parse(value);
    return value;
  } catch {
    return undefined;
  }
}
