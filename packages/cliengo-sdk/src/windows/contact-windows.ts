import type { ContactCounter } from "./count-contacts.ts";
import type { ContactWindow } from "./contact-window.ts";
import { dayLength, dayOf, dayText, isBareDate, isPast } from "./days.ts";
import { findCut } from "./find-cut.ts";
import { type CountedRange, type SplitDay, splitDay } from "./split-day.ts";

/** The range to cut and what is known of it. */
export interface WindowSearch {
  readonly counter: ContactCounter;
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** Contacts that a window may hold. */
  readonly capacity: number;
  /** The local clock, for servers that send no date. */
  now(): number;
}

// The first guess where nothing is known about how contacts are spread.
const firstWidth = 30;

/**
 * Cuts the contacts between two dates into windows that hold no more than the capacity, newest first. It costs a request or two a
 * window, and nothing but one request where one window is enough.
 *
 * Windows share the day on which they meet, because whether `until` includes its day is in doubt: contacts of that day
 * may come twice. Only where a crowded day forces the question is it answered, by counting; if the day is included, windows
 * no longer share days.
 */
export async function* cutWindows(search: WindowSearch): AsyncGenerator<ContactWindow> {
  const { counter, capacity } = search;
  const total = await counter.count(search.since, search.until);
  const window = (range: { since: string | undefined; until: string | undefined; total: number | undefined }) => ({
    ...range,
    readable: range.total === undefined || range.total <= capacity,
    closed: isPast(range.until, counter.serverNow() ?? search.now()),
  });
  if (total === undefined || total <= capacity) {
    yield window({ since: search.since, until: search.until, total });
    return;
  }
  for await (const range of cutRange(search, total)) yield window(range);
}

async function* cutRange(search: WindowSearch, total: number): AsyncGenerator<CountedRange> {
  const { counter, capacity, since } = search;
  const count = async (from: string | undefined, to: string | undefined): Promise<number> =>
    (await counter.count(from, to)) ?? 0;
  // The first day there is; a cut there means: no lower bound but the caller's own.
  // After a time of day it is a day later, because where a bare date begins depends on the account's zone.
  const lowest = since === undefined ? 0 : dayOf(since) + (isBareDate(since) ? 0 : 1);
  const textOf = (day: number): string | undefined => (day <= lowest ? since : dayText(day));

  let { until } = search;
  let isDayIncluded = false;
  let timesAreRefused = false;
  // True once `until` is a border that the window before covers.
  let isBorder = false;
  // Never more than there are, unless contacts are deleted meanwhile.
  let left = total;
  let isCounted = true;
  let width = since === undefined ? firstWidth : undefined;

  for (;;) {
    if (left <= capacity && !isCounted) {
      left = await count(since, until);
      isCounted = true;
    }
    if (left <= capacity) {
      yield { since, until, total: left };
      return;
    }
    // Contacts of the day after tomorrow do not exist in any zone.
    const today = Math.floor((counter.serverNow() ?? search.now()) / dayLength);
    const isLastDayWhole = until !== undefined && (isDayIncluded || !isBareDate(until));
    const top = until === undefined ? today + 2 : dayOf(until) + (isLastDayWhole ? 1 : 0);
    const days = Math.max(1, top - lowest);
    const cut = await findCut({
      top: Math.max(top, lowest + 1),
      lowest,
      capacity,
      width: width ?? (days * capacity) / left,
      countFrom: (day) => count(textOf(day), until),
    });
    const range: CountedRange = { since: textOf(cut.day), until, total: cut.total };
    width = ((top - cut.day) * capacity * 0.8) / Math.max(1, cut.total);

    if (cut.total <= capacity) {
      yield range;
    } else {
      // A single day, or two of them, that holds more than can be read.
      const border = until;
      const from = range.since;
      if (
        !isDayIncluded &&
        border !== undefined &&
        isBareDate(border) &&
        from !== undefined &&
        cut.day < dayOf(border)
      ) {
        const [dayBefore, lastDay] = [await count(from, from), await count(border, border)];
        if (isBareDate(from) && dayBefore + lastDay > 0 && dayBefore + lastDay === cut.total) {
          isDayIncluded = true;
          // The border's own contacts are in the window before; else they are next.
          if (isBorder) {
            until = from;
            left -= lastDay;
          }
          isCounted = false;
          width = 1;
          continue;
        }
      }
      const split: SplitDay | undefined = timesAreRefused ? undefined : await splitDay(counter, range, capacity);
      timesAreRefused ||= split?.isRefused ?? false;
      yield* split?.parts ?? [];
      if (split === undefined) yield range;
      else if (split.rest !== undefined) yield split.rest;
    }

    if (cut.day <= lowest) return;
    until = dayText(isDayIncluded ? cut.day - 1 : cut.day);
    isBorder = true;
    left -= cut.total;
    isCounted = false;
  }
}
