/** Exact conversions between ISO 8601 text and the integers a `RowBatch` holds. Years 0001 to 9999; six digits of fraction at most. */
const timestampPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,6}))?(Z|[+-]\d{2}:\d{2})?$/;
const timePattern = /^(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,6}))?$/;
const dayInMilliseconds = 86_400_000;

/** Microseconds since 1970-01-01T00:00:00Z. Text without zone counts as UTC. */
export function microsecondsOfTimestamp(text: string): bigint {
  const match = timestampPattern.exec(text);
  const milliseconds = match === null ? Number.NaN : Date.parse(`${match[1]}T${match[2]}${match[4] ?? "Z"}`);
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a timestamp such as 2026-01-02T03:04:05.000006Z: ${text}`);
  return BigInt(milliseconds) * 1000n + fraction(match?.[3]);
}

/** `2026-01-02T03:04:05.000006`, without a zone. */
export function timestampOfMicroseconds(microseconds: bigint): string {
  const rest = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(Number((microseconds - rest) / 1000n)).toISOString().slice(0, -5);
  return `${seconds}.${String(rest).padStart(6, "0")}`;
}

/** Days since 1970-01-01. */
export function daysOfDate(text: string): number {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new RangeError(`not a date such as 2026-01-02: ${text}`);
  return milliseconds / dayInMilliseconds;
}

/** `2026-01-02` */
export function dateOfDays(days: number): string {
  return new Date(days * dayInMilliseconds).toISOString().slice(0, 10);
}

/** Microseconds of the day. */
export function microsecondsOfTime(text: string): bigint {
  const match = timePattern.exec(text);
  if (match === null) throw new RangeError(`not a time such as 03:04:05.000006: ${text}`);
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return BigInt(seconds) * 1_000_000n + fraction(match[4]);
}

/** `03:04:05.000006` */
export function timeOfMicroseconds(microseconds: bigint): string {
  return timestampOfMicroseconds(microseconds).slice("1970-01-01T".length);
}

function fraction(digits: string | undefined): bigint {
  return BigInt((digits ?? "").padEnd(6, "0"));
}
