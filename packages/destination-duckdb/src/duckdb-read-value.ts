import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
} from "@duckdb/node-api";
import type { DuckDBValue } from "@duckdb/node-api";

/**
 * A value of a query as plain data: see `SqlConnection.query`. Lists and structs of a user's own query become arrays and objects; what
 * has no plain form (intervals, UUIDs, bit strings) its text.
 */
export function readValue(value: DuckDBValue): unknown {
  if (typeof value === "bigint") {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof DuckDBTimestampTZValue) return timestampText(value.micros, "Z");
  if (value instanceof DuckDBTimestampValue) return timestampText(value.micros, "");
  if (value instanceof DuckDBDecimalValue) return decimalText(value.value, value.scale);
  if (value instanceof DuckDBDateValue) return dateText(value.days);
  if (value instanceof DuckDBTimeValue) return timeText(value.micros);
  if (value instanceof DuckDBBlobValue) return Uint8Array.from(value.bytes);
  if (value instanceof DuckDBTimestampSecondsValue) return timestampText(value.seconds * 1_000_000n, "");
  if (value instanceof DuckDBTimestampMillisecondsValue) return timestampText(value.millis * 1_000n, "");
  if (value instanceof DuckDBTimestampNanosecondsValue) return nanosecondText(value.nanos);
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) return value.items.map(readValue);
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([name, member]) => [name, readValue(member)]));
  }
  if (value instanceof DuckDBMapValue)
    return value.entries.map((entry) => [readValue(entry.key), readValue(entry.value)]);
  return String(value);
}

/** Every digit of the scale is written: `1.500000000`. */
function decimalText(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, "0");
  const whole = digits.slice(0, digits.length - scale);
  return `${value < 0n ? "-" : ""}${whole}${scale === 0 ? "" : `.${digits.slice(-scale)}`}`;
}

const microsOfDay = 86_400_000_000n;
/** DuckDB's greatest and smallest time stand for the infinities. */
const infinity = 9_223_372_036_854_775_807n;

function timestampText(micros: bigint, zone: string): string {
  if (micros === infinity) return "infinity";
  if (micros === -infinity) return "-infinity";
  const days = floorDivide(micros, microsOfDay);
  return `${dateText(Number(days))}T${timeText(micros - days * microsOfDay)}${zone}`;
}

function nanosecondText(nanos: bigint): string {
  const micros = floorDivide(nanos, 1_000n);
  const rest = nanos - micros * 1_000n;
  const text = timestampText(micros, "");
  if (rest === 0n) return text;
  return `${text.includes(".") ? text : `${text}.000000`}${rest.toString().padStart(3, "0")}`;
}

/** `10:00:00`, with six digits of fraction when there is one. */
function timeText(micros: bigint): string {
  const seconds = Number(micros / 1_000_000n);
  const fraction = micros % 1_000_000n;
  const two = (part: number): string => String(part).padStart(2, "0");
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return fraction === 0n ? text : `${text}.${fraction.toString().padStart(6, "0")}`;
}

/**
 * Days since 1970 as ISO text; years beyond four digits with a sign (`+012345-01-01`). Counted by hand, because DuckDB's dates reach
 * further than JavaScript's.
 */
function dateText(days: number): string {
  if (days === 2_147_483_647) return "infinity";
  if (days === -2_147_483_647) return "-infinity";
  // Civil date from day number: years begin in March, in eras of 400 years.
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const yearText =
    year >= 0 && year <= 9999
      ? String(year).padStart(4, "0")
      : `${year < 0 ? "-" : "+"}${String(Math.abs(year)).padStart(6, "0")}`;
  return `${yearText}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
