import { ConfigurationError } from "../errors/request-errors.ts";

/** Milliseconds of a day. */
export const dayLength = 86_400_000;

const bareDate = /^\d{4}-\d{2}-\d{2}$/;

/** A day as a number, 0 for 1970-01-01, from a date or a date with time. */
export function dayOf(text: string): number {
  const instant = Date.parse(text);
  if (!Number.isNaN(instant)) return Math.floor(instant / dayLength);
  throw new ConfigurationError(`${JSON.stringify(text)} is no date: write YYYY-MM-DD.`);
}

/** `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return new Date(day * dayLength).toISOString().slice(0, 10);
}

/** Whether a text names a day without a time. */
export function isBareDate(text: string): boolean {
  return bareDate.test(text);
}

/** Whether nothing that happens at `now` or later can lie before `until`, in whatever zone a bare date is meant. */
export function isPast(until: string | undefined, now: number): boolean {
  if (until === undefined) return false;
  // The day itself may be included, and it ends up to 12 hours later west of Greenwich.
  const end = isBareDate(until) ? (dayOf(until) + 1.5) * dayLength : Date.parse(until);
  return end <= now;
}
