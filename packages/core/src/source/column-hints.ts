import type { DataType } from "../schema/data-types.ts";

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
