import { exactNumber, type ExactNumber } from "./exact-number.ts";
import type { Random } from "./random.ts";

// Numbers that a parser to doubles would change, or whose spelling tells an integer from a decimal.
const oddNumbers = [
  "9007199254740993",
  "-9007199254740993",
  "9223372036854775807",
  "-9223372036854775808",
  "18446744073709551615",
  "123456789012345678901234567890",
  "0.1",
  "1.10",
  "100.00",
  "1e3",
  "1E-7",
  "-0",
  "-0.0",
  "0",
  "2.5e+2",
  "3.14159265358979323846264338327950288",
  "0.30000000000000004",
  "1.7976931348623157e308",
  "12345678901234567890.12",
] as const;

/** One of the numbers that are easily damaged on the way. */
export function sampleOddNumber(random: Random): ExactNumber {
  return exactNumber(random.pick(oddNumbers));
}

/** A whole number between 2^53 and 2^63, odd so that a double cannot hold it. */
export function sampleHugeInteger(random: Random): ExactNumber {
  const value = 9_007_199_254_740_993n + BigInt(random.integer(0, 2_000_000_000)) * 4_294_967_296n;
  return exactNumber(value.toString());
}

/** An amount with two decimals, trailing zeros kept: `1450.90`, `12.00`. */
export function sampleAmount(random: Random, highest: number): ExactNumber {
  const cents = random.integer(0, 99);
  return exactNumber(`${random.integer(1, highest)}.${cents.toString().padStart(2, "0")}`);
}

/** A coordinate with more digits than a double keeps. */
export function sampleCoordinate(random: Random, highest: number): ExactNumber {
  const digits = `${random.integer(100_000_000, 999_999_999)}${random.integer(100_000_000, 999_999_999)}`;
  return exactNumber(`-${random.integer(1, highest)}.${digits}`);
}
