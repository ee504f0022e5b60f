import type { DataType } from "../schema/data-types.ts";
import type { MergeStrategy } from "../schema/schema.ts";

/**
 * What a destination can do, as data. A write disposition, a merge strategy or a hinted type that is not listed is refused before data
 * moves; what cannot be known before is said at the member.
 */
export interface Capabilities {
  /** Longest name of a column, in `identifierLengthUnit`. Longer names are cut in the middle and tagged with a hash. */
  readonly maxColumnNameLength: number;
  readonly maxTableNameLength: number;
  /** What the limits above count. */
  readonly identifierLengthUnit: "code-points" | "bytes";
  readonly maxColumnsPerTable: number;
  /**
   * Types that a column can have. Hints of other types are refused before data moves. Types that come from data are not held against the
   * list: `text`, `bigint`, `double`, `decimal`, `bool`, `timestamp`, `binary` and `json`. `prepare` has to refuse a column that it cannot make.
   */
  readonly dataTypes: readonly DataType[];
  /** Digits and scale of a decimal without hints. */
  readonly decimalPrecision: { readonly precision: number; readonly scale: number };
  /** Changes of a column's type that keep every stored value exactly, and can be done in place. */
  readonly widenings: readonly Widening[];
  readonly writeDispositions: readonly ("append" | "replace" | "merge")[];
  readonly mergeStrategies: readonly MergeStrategy[];
  /** Hints that a merge heeds. Others are refused before data moves. */
  readonly mergeHints: readonly MergeHint[];
  /** DDL takes part in transactions. */
  readonly transactionalDdl: boolean;
  /**
   * How many tables one commit may touch; `Infinity` without a limit. For information: packages are not cut by it, so a destination with a limit has
   * to refuse a larger commit itself.
   */
  readonly maxTablesPerCommit: number;
  /** Several machines may stage parts of one load. */
  readonly sharedStaging: boolean;
  /**
   * How many sessions can be open at once, of all runs and machines together; who opens one more waits for one to be closed. Default: no
   * limit. 1 where a session has the database to itself, as with a file.
   */
  readonly sessionsAtOnce?: number | undefined;
  /** The strongest word the destination's tests have proved. */
  readonly guarantee: "exactly-once" | "effectively-once";
}

/** What a resource may say beside the strategy of a merge: `mergeKey`, `columns: { …: { dedupSort } }`, `columns: { …: { hardDelete } }`. */
export type MergeHint = "merge-key" | "dedup-sort" | "hard-delete";

/** One change of a column's type. */
export interface Widening {
  readonly from: DataType;
  readonly to: DataType;
  /**
   * Not every value of `from` is one of `to` (a bigint beyond 2^53 is no double): `prepare` looks whether all that is stored are, and throws
   * a `WideningRefusedError` otherwise. Default `false`: the types alone prove it.
   */
  readonly looksAtValues?: boolean | undefined;
}
