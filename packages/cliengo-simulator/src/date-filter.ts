import { badRequest } from "./api-error.ts";
import type { Settings } from "./settings.ts";

const day = 86_400_000;

/** A date given in a query: the first instant that it means, and the first one after it. */
interface GivenDate {
  readonly start: number;
  readonly end: number;
}

/** Instants from `from` on and before `before`, in epoch milliseconds. */
export interface DateWindow {
  readonly from: number;
  readonly before: number;
}

type DateSettings = Pick<Settings, "until" | "timeOfDay" | "dateZone">;

/** The window that `since` and `until` name together; either may be missing. */
export function readWindow(since: string | undefined, until: string | undefined, settings: DateSettings): DateWindow {
  const from = since === undefined ? undefined : readDate("since", since, settings);
  const to = until === undefined ? undefined : readDate("until", until, settings);
  return {
    from: from?.start ?? Number.NEGATIVE_INFINITY,
    before: to === undefined ? Number.POSITIVE_INFINITY : settings.until === "inclusive" ? to.end : to.start,
  };
}

/** Reads `YYYY-MM-DD` or an RFC 3339 date-time; throws the 400 for anything else. */
export function readDate(name: string, text: string, settings: DateSettings): GivenDate {
  const bare = /^\d{4}-\d\d-\d\d$/.test(text);
  // A `+` that was not escaped arrives as a space and is refused, as a strict server would.
  const full = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text);
  const instant = Date.parse(bare ? `${text}T00:00:00${settings.dateZone}` : text);
  if (!(bare || full) || Number.isNaN(instant) || !isInCalendar(text.slice(0, 10)))
    throw badRequest(`${name} is no date: use YYYY-MM-DD or RFC 3339`, "invalid_date");
  if (bare) return { start: instant, end: instant + day };
  if (settings.timeOfDay === "refused")
    throw badRequest(`${name} must be a date without a time of day`, "invalid_date");
  if (settings.timeOfDay === "used") return { start: instant, end: instant + 1 };
  const start = startOfDay(instant, settings.dateZone);
  return { start, end: start + day };
}

/** JavaScript takes the 30th of February for the 2nd of March. */
function isInCalendar(day: string): boolean {
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}

function startOfDay(instant: number, zone: string): number {
  const sign = zone.startsWith("-") ? -1 : 1;
  const shift = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000;
  return Math.floor((instant + shift) / day) * day - shift;
}
