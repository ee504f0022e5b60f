import { type CliengoErrorCode, isCliengoError } from "../errors/cliengo-error.ts";
import type { ContactCounter } from "./count-contacts.ts";

/** A part of a range of dates, counted. */
export interface CountedRange {
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly total: number;
}

/** What came of cutting a crowded day: parts that fit, newest first, and what is left of it. */
export interface SplitDay {
  readonly parts: readonly CountedRange[];
  /** The part that no time of day makes smaller; undefined where all is cut. */
  readonly rest: CountedRange | undefined;
  /** Whether the API showed that it does not understand times of day. */
  readonly isRefused: boolean;
}

const aim = 0.8;
const refusals: ReadonlySet<CliengoErrorCode> = new Set([
  "ERR_CLIENGO_BAD_REQUEST",
  "ERR_CLIENGO_PERMISSION",
  "ERR_CLIENGO_NOT_FOUND",
  "ERR_CLIENGO_SERVER",
]);

/**
 * Cuts a day that holds more than `capacity` contacts by times of day, at the creation times of its own contacts. That the
 * API understands times is not known, so each cut counts only if both parts add up to the whole.
 */
export async function splitDay(counter: ContactCounter, day: CountedRange, capacity: number): Promise<SplitDay> {
  const parts: CountedRange[] = [];
  let rest = day;
  while (rest.total > capacity) {
    const cut = await tryCut(counter, rest, capacity);
    if (cut === "refused" || cut === "none") {
      return { parts, rest, isRefused: cut === "refused" && parts.length === 0 };
    }
    parts.push(cut.newer);
    rest = cut.older;
  }
  return { parts: [...parts, rest], rest: undefined, isRefused: false };
}

interface TimeCut {
  readonly newer: CountedRange;
  readonly older: CountedRange;
}

async function tryCut(
  counter: ContactCounter,
  range: CountedRange,
  capacity: number,
): Promise<TimeCut | "refused" | "none"> {
  const instant = await counter.creationInstant(range.since, range.until, Math.floor(capacity * aim));
  if (instant === undefined) return "none";
  let isRefused = true;
  // Just after that contact first, so that nothing stands on the border; at it where all newer ones share its time.
  for (const border of [instant + 1, instant]) {
    const text = new Date(border).toISOString();
    if (text === range.until) continue;
    const counts = await countBoth(counter, range, text);
    if (counts === undefined) return "refused";
    const { newer, older } = counts;
    const surplus = newer + older - range.total;
    // Contacts on the border may count twice; a server that ignores the time counts a whole day twice, or nothing once.
    const addsUp = surplus >= 0 && surplus <= Math.max(2, range.total * 0.02);
    const isCut = addsUp && newer > 0 && older > 0;
    if (isCut) isRefused = false;
    if (isCut && newer <= capacity) {
      return {
        newer: { since: text, until: range.until, total: newer },
        older: { since: range.since, until: text, total: older },
      };
    }
  }
  return isRefused ? "refused" : "none";
}

/** Undefined where the API refuses times of day. */
async function countBoth(
  counter: ContactCounter,
  range: CountedRange,
  border: string,
): Promise<{ newer: number; older: number } | undefined> {
  try {
    const newer = await counter.count(border, range.until);
    const older = await counter.count(range.since, border);
    return newer === undefined || older === undefined ? undefined : { newer, older };
  } catch (error) {
    // Whatever status it is refused with; the count before it, without a time, was answered.
    if (isCliengoError(error) && refusals.has(error.code)) return undefined;
    throw error;
  }
}
