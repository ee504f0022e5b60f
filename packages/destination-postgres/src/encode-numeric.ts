import { DestinationError } from "@typeload/core";
import type { Column } from "@typeload/core";
import type { BinaryCopyWriter } from "./binary-copy-writer.ts";
import { numericDigits } from "./postgres-types.ts";

const negative = 0x4000;

/**
 * Writes a plain decimal text (`-12.50`) as a `numeric` field: digits in groups of four to the base 10,000, the weight of the first
 * group, sign, and the number of digits after the point. Source: `numeric_send` in PostgreSQL's `numeric.c`.
 *
 * @throws DestinationError `value_out_of_range` for more digits after the point than the column has: the server would round them away
 */
export function encodeNumeric(writer: BinaryCopyWriter, text: string, column: Column): void {
  const minus = text.startsWith("-");
  const [whole = "", fraction = ""] = (minus || text.startsWith("+") ? text.slice(1) : text).split(".");
  refuseRounding(fraction, column);
  const left = whole.padStart(Math.ceil(whole.length / 4) * 4, "0");
  const right = fraction.padEnd(Math.ceil(fraction.length / 4) * 4, "0");
  const all = left + right;
  const groups: number[] = [];
  for (let index = 0; index < all.length; index += 4) groups.push(Number(all.slice(index, index + 4)));
  let first = 0;
  while (first < groups.length && groups[first] === 0) first += 1;
  let end = groups.length;
  while (end > first && groups[end - 1] === 0) end -= 1;
  const count = end - first;
  writer.int32(8 + count * 2);
  writer.int16(count);
  writer.int16(count === 0 ? 0 : left.length / 4 - 1 - first);
  writer.uint16(minus && count > 0 ? negative : 0);
  writer.int16(fraction.length);
  for (let index = first; index < end; index += 1) writer.uint16(groups[index] ?? 0);
}

/** Zeros may go, digits may not. Digits before the point the server counts itself. */
function refuseRounding(fraction: string, column: Column): void {
  const { scale } = numericDigits(column);
  if (fraction.length <= scale) return;
  const places = fraction.replace(/0+$/, "").length;
  if (places <= scale) return;
  throw new DestinationError(
    `column ${column.name}: a number with ${places} digits after the point does not fit its ${scale} without rounding. ` +
      `Raise the scale hint, or make it text.`,
    { code: "value_out_of_range" },
  );
}
