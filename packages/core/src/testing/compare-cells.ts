import type { DataType } from "../schema/data-types.ts";
import type { CellValue } from "./cell-value.ts";

/** Orders two cells of a column: numbers by value, text and times by code point, null after everything else. */
export function compareCells(left: CellValue, right: CellValue, dataType: DataType | undefined): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  if (dataType === "decimal" || dataType === "wei") return order(...sameScale(String(left), String(right)));
  if (typeof left === "string" || typeof right === "string")
    return Buffer.compare(Buffer.from(String(left)), Buffer.from(String(right)));
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right);
  return order(left, right);
}

function order<T>(left: T, right: T): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Two plain decimals as integers of one scale. */
function sameScale(left: string, right: string): [bigint, bigint] {
  const digits = [left, right].map((text) => text.split(".")[1]?.length ?? 0);
  const scale = Math.max(...digits);
  const integer = (text: string): bigint => {
    const [whole = "0", fraction = ""] = text.split(".");
    return BigInt(whole + fraction.padEnd(scale, "0"));
  };
  return [integer(left), integer(right)];
}
