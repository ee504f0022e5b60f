import type { BinaryCopyWriter } from "./binary-copy-writer.ts";

const negative = 0x4000;

/**
 * Writes a plain decimal text (`-12.50`) as a `numeric` field: digits in groups of four to the base 10,000, the weight of the first
 * group, sign, and the number of digits after the point. Source: `numeric_send` in PostgreSQL's `numeric.c`.
 */
export function encodeNumeric(writer: BinaryCopyWriter, text: string): void {
  const minus = text.startsWith("-");
  const [whole = "", fraction = ""] = (minus || text.startsWith("+") ? text.slice(1) : text).split(".");
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
