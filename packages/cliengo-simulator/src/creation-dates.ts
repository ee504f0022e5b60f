import { Random, streamOf } from "./random.ts";

const day = 86_400_000;

/** Many records created within a short time: an import, or a campaign that worked. */
export interface Burst {
  /** When it begins: a date (`2026-03-02`) or an RFC 3339 date-time. */
  readonly at: string;
  readonly records: number;
  /** How long it lasts, in seconds. Default 36,000 (ten hours). 0 gives all of them the same creation date. */
  readonly seconds?: number | undefined;
}

/**
 * `count` creation dates in epoch milliseconds, **newest first**, spread over the `years` before `now`, denser
 * towards the end, with `bursts` inside. Half of them are whole seconds; some are equal.
 */
export function creationDates(options: {
  seed: number;
  stream: string;
  count: number;
  now: number;
  years: number;
  bursts: readonly Burst[];
}): Float64Array {
  const { count, now, years } = options;
  const random = new Random(options.seed, streamOf(`dates of ${options.stream}`), 0);
  const dates = new Float64Array(count);
  let filled = 0;
  for (const burst of options.bursts) {
    const start = Date.parse(burst.at);
    const length = (burst.seconds ?? 36_000) * 1000;
    for (let made = 0; made < burst.records && filled < count; made++) {
      dates[filled++] = roundHalf(start + random.next() * length, random);
    }
  }
  const span = years * 365 * day;
  while (filled < count) {
    // The square root makes the newest third of the time hold more than half of the records.
    const age = span * (1 - Math.sqrt(random.next()));
    dates[filled++] = roundHalf(now - 3_600_000 - age, random);
  }
  return dates.sort().reverse();
}

/** A day that took 8 % of the records in ten hours, and an import of 1 % in one minute. */
export function defaultBursts(count: number, now: number): Burst[] {
  const dayText = (daysAgo: number): string => new Date(now - daysAgo * day).toISOString().slice(0, 10);
  return [
    { at: `${dayText(97)}T11:00:00Z`, records: Math.floor(count * 0.08) },
    { at: `${dayText(410)}T03:15:00Z`, records: Math.floor(count * 0.01), seconds: 60 },
  ];
}

function roundHalf(epoch: number, random: Random): number {
  return random.chance(0.5) ? Math.floor(epoch / 1000) * 1000 : Math.floor(epoch);
}
