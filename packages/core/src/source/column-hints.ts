import type { DataType } from "../schema/data-types.ts";
import type { DedupOrder } from "../schema/schema.ts";

/** What is known of a column before any value came. */
export interface ColumnHint {
  readonly dataType?: DataType | undefined;
  readonly nullable?: boolean | undefined;
  /**
   * `text`: characters; `bigint`: bits (8, 16, 32, 64; one between gets the next wider); `decimal`: digits; `timestamp`, `time`: digits of
   * the second. A text, integer or decimal that does not fit goes to a variant column, the same on every destination.
   */
  readonly precision?: number | undefined;
  /** Digits of a decimal behind the point. Default 9, or `precision` where that is less. */
  readonly scale?: number | undefined;
  readonly timezone?: boolean | undefined;
  readonly description?: string | undefined;
  /**
   * For a merge by `primaryKey`: when a key comes several times in one load, the record with the greatest (`"desc"`) or least (`"asc"`)
   * value here is the one that is written; a null counts as greater than every value, and of equal values the last received wins. What is
   * stored is not looked at. One column a resource. Default: the last received wins.
   *
   * @example `columns: { updatedAt: { dedupSort: "desc" } }`
   */
  readonly dedupSort?: DedupOrder | undefined;
  /**
   * For a merge: a record in which this member is `true` deletes the stored row of its key, with its child rows, and is not written itself.
   * In a column of another type than bool, any value but null deletes. Of several versions of a key the one that stays decides. One column a
   * resource; not for scd2, which keeps what was. Insert-only deletes nothing, and leaves such records out. Default `false`.
   *
   * @example `columns: { deleted: { hardDelete: true } }`, `columns: { deletedAt: { dataType: "timestamp", hardDelete: true } }`
   */
  readonly hardDelete?: boolean | undefined;
}

/**
 * The type of a JSON member, as the description of the API gives it. The column is made when the member is first seen, even as null.
 *
 * @example `{ path: ["participants", "[]", "joinedAt"], dataType: "timestamp" }`: member `joinedAt` of each element of `participants`
 */
export interface FieldHint {
  /** Member names from the record down; `"[]"` stands for "each element of this list". */
  readonly path: readonly string[];
  readonly dataType: DataType;
}
