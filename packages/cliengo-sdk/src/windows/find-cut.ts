/** A day on which a range of contacts may be cut, with the contacts from it on. */
export interface Cut {
  readonly day: number;
  readonly total: number;
}

/** Where to look for a cut. */
export interface CutSearch {
  /** The first day beyond the range: cuts lie before it. */
  readonly top: number;
  /** The earliest day of the range. */
  readonly lowest: number;
  /** Contacts that a window may hold. */
  readonly capacity: number;
  /** Days to try first. */
  readonly width: number;
  /** Contacts from a day to the range's end. */
  countFrom(day: number): Promise<number>;
}

// A window that is nearly full saves requests; one that is full has no room for counts that grow meanwhile.
const fullEnough = 0.5;
const aim = 0.8;

/**
 * The earliest day, or nearly so, from which on the range holds no more than the capacity: by interpolation between
 * what was counted, by halving where that is slow. Where even the last day holds more, the cut before that day.
 */
export async function findCut(search: CutSearch): Promise<Cut> {
  const { top, lowest, capacity } = search;
  const target = capacity * aim;
  // `good` is the earliest day that fits, `bad` the latest that does not.
  let good: Cut | undefined;
  let bad: Cut | undefined;
  let width = search.width;
  for (let probes = 1; ; probes++) {
    const earliest = bad === undefined ? lowest : bad.day + 1;
    const latest = good === undefined ? top - 1 : good.day - 1;
    const day = Math.max(earliest, Math.min(latest, top - Math.max(1, Math.round(width))));
    const tried: Cut = { day, total: await search.countFrom(day) };
    if (tried.total <= capacity) {
      good = tried;
      const isFull = tried.total >= capacity * fullEnough || (probes > 6 && tried.total > 0);
      if (isFull || day === lowest || bad?.day === day - 1) return tried;
    } else {
      bad = tried;
      if (day === top - 1) return tried;
      if (good?.day === day + 1) return good;
    }
    width = top - nextDay(good, bad, top, target, probes);
  }
}

function nextDay(good: Cut | undefined, bad: Cut | undefined, top: number, target: number, probes: number): number {
  const from = good ?? { day: top, total: 0 };
  if (bad === undefined) return top - (top - from.day) * Math.min(16, Math.max(2, target / Math.max(1, from.total)));
  const share = probes > 4 ? 0.5 : (target - from.total) / (bad.total - from.total);
  return from.day - (from.day - bad.day) * share;
}
