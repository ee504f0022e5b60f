import type { JsonValue } from "./json-value.ts";

/**
 * A closed slice of a resource: the unit of reading, of retry and of verdict. Plain data that survives JSON, so that another process
 * can read it.
 *
 * `kind` is open: `whole` (the complete list), `window` (a span of dates), `parent` (what hangs on one parent record), `marker`
 * (nothing to read: says that everything before it in the plan was committed), later `push` (webhooks).
 */
export interface Partition {
  /** Unique in the resource and the same in every run that means the same slice, for example `2026-01-01..2026-02-01`. */
  readonly id: string;
  readonly kind: "whole" | "window" | "parent" | "marker" | (string & {});
  /**
   * Changes when the slice has to be read again although it was committed before (for example the parent's last change).
   * Stored with the partition.
   */
  readonly fingerprint?: string | undefined;
  /** What the resource's `read` needs to know; never a secret. */
  readonly data?: JsonValue | undefined;
}

/** How sure it is that a partition was read completely. */
export type RowsVerdict = "proved" | "likely" | "unproved" | "truncated";

/**
 * What a resource's `read` says of a partition when it is done.
 *
 * - `proved`: every row that existed unmodified during the reading was read (one answer held the whole list; or a closed window's total
 *   stayed the same and as many distinct keys came).
 * - `likely`: nothing spoke against it, but a change during the reading could have hidden.
 * - `unproved`: the source gives no way to know.
 * - `truncated`: it is known that rows are missing.
 */
export interface PartitionVerdict {
  readonly rows: RowsVerdict;
  /** Rows the source says there are. */
  readonly expected?: number | undefined;
  /** Distinct rows read. Default: what was logged. */
  readonly read?: number | undefined;
  /** A sentence for the report: why it is so, what to do. */
  readonly note?: string | undefined;
}

/** The note of a verdict that `read` did not give: it came to its normal end, so the source is taken at its word. */
export const declaredBySource = "declared by the source";

/** What is stored of a committed partition (`_typeload_partitions`). */
export interface PartitionRecord {
  readonly resource: string;
  readonly partition: Partition;
  readonly verdict: PartitionVerdict;
  readonly runId: string;
  readonly loadId: string;
}
