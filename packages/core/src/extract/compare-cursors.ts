import { compareCodePoints } from "../scan/canonical-json.ts";
import { JsonNumber } from "../scan/json-number.ts";
import type { CursorValue } from "../source/incremental.ts";

/** Is this something that a cursor can hold? */
export function isCursorValue(value: unknown): value is CursorValue {
  return ["number", "bigint", "string"].includes(typeof value) || value instanceof JsonNumber || value instanceof Date;
}

/**
 * Orders two cursor values: numbers by value (of any size, exactly), instants by time, text by code point; but texts that are both whole
 * numbers by value, since `"10"` comes after `"9"` whatever the API's type is.
 *
 * @returns below, at or above 0; undefined when the two cannot be compared
 */
export function compareCursors(left: CursorValue, right: CursorValue): number | undefined {
  if (typeof left === "string" && typeof right === "string") {
    if (wholeNumber.test(left) && wholeNumber.test(right)) return sign(BigInt(left) - BigInt(right));
    return compareCodePoints(left, right);
  }
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime();
  const [a, b] = [numberOf(left), numberOf(right)];
  return a === undefined || b === undefined ? undefined : compareNumbers(a, b);
}

/** For messages: never the value itself. */
export function cursorType(value: unknown): string {
  if (value === null) return "null";
  if (value instanceof Date) return "time";
  if (value instanceof JsonNumber || typeof value === "bigint") return "number";
  return Array.isArray(value) ? "list" : typeof value === "string" ? "text" : typeof value;
}

const wholeNumber = /^-?\d{1,40}$/;
const integer = /^-?\d+$/;

function numberOf(value: CursorValue): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (!(value instanceof JsonNumber)) return undefined;
  return integer.test(value.text) ? BigInt(value.text) : Number(value.text);
}

/** A bigint and a double compare exactly in JavaScript. */
function compareNumbers(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sign(value: bigint): number {
  return value < 0n ? -1 : value > 0n ? 1 : 0;
}
