/**
 * The milliseconds that `Retry-After` asks to wait: a number of seconds, or a date, which is compared with the server's
 * own `Date` so that a wrong local clock changes nothing. Undefined where it is missing or makes no sense.
 */
export function parseRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get("retry-after")?.trim();
  if (value === undefined || value === "") return undefined;
  if (/^\d+(?:\.\d+)?$/.test(value)) return Number(value) * 1000;
  // `Date.parse` makes a date of almost anything, "-5" and "5, 7" included.
  const until = /^(?:[a-z]{3}|\d{4}-)/i.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(until)) return undefined;
  const serverNow = Date.parse(headers.get("date") ?? "");
  return Math.max(0, until - (Number.isNaN(serverNow) ? now : serverNow));
}
