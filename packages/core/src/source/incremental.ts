import type { JsonNumber } from "../scan/json-number.ts";

/** What a cursor can hold: numbers (beyond 2^53 as bigint or JsonNumber), text (ISO times too), instants. */
export type CursorValue = number | bigint | JsonNumber | string | Date;

/**
 * How a resource reads only what is new since the last committed load: every record has a member that grows (a time of change, a
 * number), and the best value seen is kept in the pipeline state, in dlt's form. It moves only with what is committed, never by a clock.
 *
 * @example
 * ```ts
 * incremental: { cursor: "updated_at", initialValue: "2026-01-01T00:00:00Z", lag: 3600 }
 * ```
 */
export interface IncrementalOptions {
  /** Where the value stands in a record, as a JSONPath: `updated_at`, `meta.changed`, `items[0].at`, `'updated at'`. */
  readonly cursor: string;
  /** Where the first run begins. Default: with everything. */
  readonly initialValue?: CursorValue | undefined;
  /** Where reading ends: a backfill of one range, which leaves the state alone. Needs `initialValue`. */
  readonly endValue?: CursorValue | undefined;
  /** The better of two values; `"min"` reads into the past. Default `"max"`. */
  readonly last?: "max" | "min" | undefined;
  /** `"open"` leaves out the start value itself. Default `"closed"`: records at the start are read again, and known ones dropped. */
  readonly rangeStart?: "open" | "closed" | undefined;
  /** `"closed"` takes the end value in. Default `"open"`. */
  readonly rangeEnd?: "open" | "closed" | undefined;
  /**
   * The source sends records in this order of the cursor, so reading may end early: `"asc"` after the end value, `"desc"` before the start.
   * A record that breaks the promise is an error (with `last: "max"`), because records would be lost.
   */
  readonly rowOrder?: "asc" | "desc" | undefined;
  /**
   * Starts so much before the last value, for records that arrive late: seconds for times, days for dates, else a number. They come
   * again in each run, so it needs a merge. Never before `initialValue`.
   */
  readonly lag?: number | undefined;
  /** A record without a value (or with null): `"raise"` ends the run, `"include"` loads it every time, `"exclude"` never. Default `"raise"`. */
  readonly onMissing?: "raise" | "include" | "exclude" | undefined;
  /**
   * Members that tell records at the boundary apart. Default: the primary key, else the whole record. An empty list turns it off: then
   * records at the boundary come again.
   */
  readonly boundaryKey?: string | readonly string[] | undefined;
}

/** The range that a run reads, for `read` to ask the API for. */
export interface CursorRange {
  /** The first value wanted (with the lag taken off); undefined: from the beginning. */
  readonly startValue: CursorValue | undefined;
  /** The best value of earlier runs, without lag. */
  readonly lastValue: CursorValue | undefined;
  readonly initialValue: CursorValue | undefined;
  readonly endValue: CursorValue | undefined;
}
