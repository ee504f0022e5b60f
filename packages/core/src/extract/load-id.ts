import type { Random } from "../async/random.ts";

const pattern = /^\d{1,15}(\.\d{1,20})?$/;

/** Is this text a load id as dlt and typeload write them: seconds since 1970, in decimals? */
export function isLoadId(text: string): boolean {
  return pattern.test(text);
}

/** Digits of chance after the six of microseconds. */
const chanceDigits = 9;

/**
 * The id of the next load: now, or one microsecond past the greatest id there is, whichever is later. So ids only grow, even when this
 * machine's clock is behind the one that wrote the last load, and new state never loses to old. Digits of chance follow, since several
 * pipelines that share a dataset may see the same greatest id.
 *
 * @example `nextLoadId(1795348577318.558, ["1795348577.3185587"], () => 0.5)` is `"1795348577.318559500000000"`
 */
export function nextLoadId(now: number, existing: Iterable<string | undefined>, random: Random): string {
  let next = BigInt(Math.floor(now * 1000));
  for (const id of existing) {
    if (id === undefined || !isLoadId(id)) continue;
    const after = microseconds(id) + 1n;
    if (after > next) next = after;
  }
  const chance = Math.floor(random() * 10 ** chanceDigits);
  return `${next / 1_000_000n}.${String(next % 1_000_000n).padStart(6, "0")}${String(chance).padStart(chanceDigits, "0")}`;
}

/** Orders load ids by their number. */
export function compareLoadIds(left: string, right: string): number {
  const [leftSeconds = "", leftFraction = ""] = left.split(".");
  const [rightSeconds = "", rightFraction = ""] = right.split(".");
  const seconds = Number(leftSeconds) - Number(rightSeconds);
  if (seconds !== 0) return seconds;
  const digits = Math.max(leftFraction.length, rightFraction.length);
  const leftDigits = leftFraction.padEnd(digits, "0");
  const rightDigits = rightFraction.padEnd(digits, "0");
  return leftDigits < rightDigits ? -1 : leftDigits > rightDigits ? 1 : 0;
}

/** When a load began, by its id: ISO 8601 in UTC, with microseconds. */
export function timeOfLoadId(id: string): string {
  const [seconds = "0", fraction = ""] = id.split(".");
  const whole = new Date(Number(seconds) * 1000).toISOString().slice(0, -5);
  return `${whole}.${fraction.slice(0, 6).padEnd(6, "0")}Z`;
}

function microseconds(id: string): bigint {
  const [seconds = "0", fraction = ""] = id.split(".");
  return BigInt(seconds) * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}
