import { JsonNumber } from "../scan/json-number.ts";
import type { CursorValue } from "../source/incremental.ts";
import { IsoText } from "../scan/iso-text.ts";
import { CursorError } from "./cursor-errors.ts";
import { cursorType } from "./compare-cursors.ts";

const dateOnly = /^\d{4}-\d{2}-\d{2}$/;

/**
 * The value moved back by the lag: seconds for times (ISO text keeps its form, with six digits where it has a fraction), days for dates,
 * else the number itself. `direction` is -1 for cursors that grow and 1 for those that shrink.
 *
 * @throws CursorError when text is no date or time
 */
export function lagCursor(value: CursorValue, lag: number, direction: -1 | 1): CursorValue {
  if (value instanceof Date) return new Date(value.getTime() + direction * lag * 1000);
  if (typeof value === "string") return lagText(value, direction * lag);
  if (typeof value === "bigint") return value + BigInt(direction) * BigInt(Math.trunc(lag));
  const moved = Number(value instanceof JsonNumber ? value.text : value) + direction * lag;
  const isFloat = value instanceof JsonNumber || !Number.isInteger(value) || !Number.isInteger(lag);
  // A float stays one where it happens to be integral: `2.0`.
  return isFloat && Number.isInteger(moved) ? new JsonNumber(`${moved}.0`) : moved;
}

function lagText(text: string, lag: number): string {
  const iso = new IsoText();
  if (!iso.read(text)) {
    throw new CursorError(
      "cursor_type",
      `lag needs a cursor of numbers or times, and the last value is a ${cursorType(text)} that is neither: drop lag, or take another cursor`,
    );
  }
  if (dateOnly.test(text)) return new Date((iso.days + lag) * 86_400_000).toISOString().slice(0, 10);
  const micros = BigInt(iso.microseconds) + BigInt(Math.round(lag * 1e6));
  const seconds = micros / 1_000_000n - (micros % 1_000_000n < 0n ? 1n : 0n);
  const fraction = String(micros - seconds * 1_000_000n).padStart(6, "0");
  const base = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const suffix = /(Z|[+-]\d{2}:?\d{2})$/.exec(text)?.[1];
  const zone = suffix === undefined ? "" : suffix === "Z" ? "Z" : "+00:00";
  return `${base}${fraction === "000000" && !text.includes(".") ? "" : `.${fraction}`}${zone}`;
}
