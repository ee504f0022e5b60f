import type { DataType } from "../schema/data-types.ts";
import { JsonNumber } from "../scan/json-number.ts";
import { isPrintOfDouble } from "./number-text.ts";

/** A nested value that is kept whole. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in one cell, before its column's type is looked at. */
export type Scalar = string | number | boolean | bigint | JsonNumber | Date | Uint8Array | JsonText;

const minimumBigint = -(2n ** 63n);
const maximumBigint = 2n ** 63n - 1n;
const integerText = /^-?\d+$/;

export function fitsBigint(value: bigint): boolean {
  return value >= minimumBigint && value <= maximumBigint;
}

/** An integer value as such: `5`, `5n`, JsonNumber `9007199254740993`; not `1.0`, and no JavaScript number beyond 2^53. */
export function integerOf(value: Scalar): bigint | undefined {
  if (typeof value === "number")
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? BigInt(value) : undefined;
  if (typeof value === "bigint") return value;
  return value instanceof JsonNumber && integerText.test(value.text) ? BigInt(value.text) : undefined;
}

/**
 * The type a value has by itself; dlt's raw types, except that a number which its own type would bend is `decimal`: an integer beyond 64
 * bits, digits beyond a double.
 */
export function rawType(value: Scalar): DataType {
  switch (typeof value) {
    case "string":
      return "text";
    case "boolean":
      return "bool";
    case "number":
    case "bigint":
      return numberType(value);
    default:
      if (value instanceof JsonNumber) return numberType(value);
      if (value instanceof JsonText) return "json";
      return value instanceof Date ? "timestamp" : "binary";
  }
}

function numberType(value: number | bigint | JsonNumber): DataType {
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0) ? "bigint" : "double";
  const integer = integerOf(value);
  if (integer !== undefined) return fitsBigint(integer) ? "bigint" : "decimal";
  return isPrintOfDouble(String(value)) ? "double" : "decimal";
}
