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

// Windows of three times the contacts there are, each at least a quarter full, end every search: contacts of a shared day count twice.
const mostCounted = 3;
const leastFilled = 0.25;
// Where offsets count, so many full windows stand for a number that nobody knows.
const leastAllowed = 200;

/**
 * Cuts the contacts between two dates into windows that hold no more than the capacity, newest first. It costs a request or two a
 * window, and nothing but one request where one window is enough.
 *
 * Windows share the day on which they meet, because whether `until` includes its day is in doubt: contacts of that day may come
 * twice. Only where two days together hold too many is the question asked, for that border alone, by counting: where the parts add
 * up to the whole, nothing lies between them, and the two windows do not share a day.
 *
 * Counts are believed until one says that a single day is out of reach: then it is asked at the offset. Where the API ignores dates, or
 * windows together count far more than there are, what is left is one window.
 */
export async function* cutWindows(search: WindowSearch): AsyncGenerator<ContactWindow> {
  const { counter, capacity } = search;
  const total = await counter.count(search.since, search.until);
  const window = (range: FoundRange): ContactWindow => ({
    ...range,
    readable: range.total === undefined || range.total <= capacity,
    closed: isPast(range.until, counter.serverNow() ?? search.now()),
  });
  if (total === undefined || total <= capacity) {
    yield window({ since: search.since, until: search.until, total, includesUntil: false });
    return;
  }
  for await (const range of cutRange(search, total)) yield window(range);
}

type FoundRange = Pick<ContactWindow, "since" | "until" | "total" | "includesUntil">;

async function* cutRange(search: WindowSearch, total: number): AsyncGenerator<FoundRange> {
  const { counter, capacity, since } = search;
  const count = async (from: string | undefined, to: string | undefined): Promise<number> =>
    (await counter.count(from, to)) ?? 0;
  // The first day there is; a cut there means: no lower bound but the caller's own.
  // After a time of day it is a day later, because where a bare date begins depends on the account's zone.
  const lowest = since === undefined ? 0 : dayOf(since) + (isBareDate(since) ? 0 : 1);
  const textOf = (day: number): string | undefined => (day <= lowest ? since : dayText(day));

  let { until } = search;
  let timesAreRefused = false;
  // True once `until` is a border that the window before covers.
  let isBorder = false;
  // True where nothing was found to lie between `until` and the next day.
  let isUntilWhole = false;
  // Never more than there are, unless contacts are deleted meanwhile.
  let left = total;
  let isCounted = true;
  let allowance = mostCounted * Math.max(total, leastAllowed * capacity);
  let isDateProved = false;
  let width = since === undefined ? firstWidth : undefined;
  const found = (range: CountedRange): FoundRange => ({
    ...range,
    includesUntil: isBorder && isUntilWhole && range.until === until,
  });

  for (;;) {
    if ((left <= capacity || allowance <= 0) && !isCounted) {
      left = await count(since, until);
      isCounted = true;
    }
    if (left <= capacity || allowance <= 0) {
      yield found({ since, until, total: left });
      return;
    }
    // Contacts of the day after tomorrow do not exist in any zone.
    const today = Math.floor((counter.serverNow() ?? search.now()) / dayLength);
    const top = until === undefined ? today + 2 : lastWholeDay(until, isUntilWhole) + 1;
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
      yield found(range);
    } else {
      // A single day, or two of them, that holds more than can be read.
      const { since: from } = range;
      if (await counter.isMiscounted(from, until)) {
        left = 0;
        isCounted = false;
        continue;
      }
      // Nothing lies days before 1970 (imports may have no date) or days ahead.
      if (
        !isDateProved &&
        ((await count(dayText(today + 3), undefined)) > capacity || (await count(undefined, dayText(-3))) > capacity)
      ) {
        allowance = 0;
        continue;
      }
      isDateProved = true;
      if (from !== undefined && until !== undefined && isBareDate(from) && cut.day === dayOf(until) - 1) {
        const [dayBefore, lastDay] = [await count(from, from), await count(until, until)];
        if (dayBefore + lastDay === cut.total) {
          isUntilWhole = true;
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
      for (const part of split?.parts ?? []) yield found(part);
      if (split === undefined) yield found(range);
      else if (split.rest !== undefined) yield found(split.rest);
    }

    if (cut.day <= lowest) return;
    until = dayText(cut.day);
    isBorder = true;
    isUntilWhole = false;
    left -= cut.total;
    allowance -= Math.max(cut.total, capacity * leastFilled);
    isCounted = false;
  }
}

/** The last day on which a range that ends at `until` may be cut, so that what is older ends before `until` does. */
function lastWholeDay(until: string, isWhole: boolean): number {
  if (isBareDate(until)) return dayOf(until) - (isWhole ? 0 : 1);
  // Where a bare date begins depends on the account's zone, by 12 hours either way, and the day itself may be included.
  return Math.floor(Date.parse(until) / dayLength - 1.5);
}
