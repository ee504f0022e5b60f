import type { Column, Table } from "../schema/schema.ts";

/**
 * Rows of one table, column by column: the one thing that crosses from normalize to a destination.
 *
 * A batch is immutable once handed over, holds at least one row, and is small (at most {@link maximumBatchRows} rows and about
 * {@link maximumBatchBytes} of text), so a destination may keep one or two in memory. Columns stand in the order of `table.columns`
 * and contain every column of the table that has a type, the generated ones (`_dlt_id`, `_dlt_load_id`, `_dlt_parent_id` …) included.
 *
 * @example Text of column 0, row 3
 * ```ts
 * const column = batch.columns[0];
 * if (column?.physical === "bytes" && column.valid[3] === 1) {
 *   const start = column.offsets[3]!;
 *   decoder.decode(batch.bytes.subarray(start, start + column.lengths[3]!));
 * }
 * ```
 */
export interface RowBatch {
  /** The table as it is for this batch. Columns may have been added since an earlier batch of the same `tableVersion`. */
  readonly table: Table;
  /** Counts up within a package when a column changes its type: rows of two versions never share a staging table. Starts at 1. */
  readonly tableVersion: number;
  readonly rowCount: number;
  /** The shared buffer that `offsets` of the columns point into. */
  readonly bytes: Uint8Array;
  readonly columns: readonly ColumnVector[];
  /**
   * For each row the ordinal, within the package, of the root record it came from (1, 2, 3 … in the order received). Of several
   * versions of a key the greatest ordinal wins, and its children with it.
   */
  readonly ordinals: Float64Array;
}

/** The cells of one column. `valid[i]` is 1 where row `i` has a value and 0 where it is null (then the cell itself is undefined). */
export type ColumnVector = BytesVector | Int64Vector | Int32Vector | Float64Vector | BoolVector;

export interface VectorBase {
  readonly column: Column;
  /** One byte a row: 1 = value, 0 = null. */
  readonly valid: Uint8Array;
}

/** `text` (UTF-8), `json` (JSON text), `decimal` and `wei` (plain decimal text such as `-12.50`), `binary` (the bytes themselves). */
export interface BytesVector extends VectorBase {
  readonly physical: "bytes";
  /** Where in `batch.bytes` the cell begins. Two cells may share bytes. */
  readonly offsets: Uint32Array;
  readonly lengths: Uint32Array;
}

/** `bigint`; `timestamp` as microseconds since 1970-01-01 UTC (local time when `timezone: false`); `time` as microseconds of the day. */
export interface Int64Vector extends VectorBase {
  readonly physical: "int64";
  readonly values: BigInt64Array;
}

/** `date` as days since 1970-01-01. */
export interface Int32Vector extends VectorBase {
  readonly physical: "int32";
  readonly values: Int32Array;
}

/** `double`. */
export interface Float64Vector extends VectorBase {
  readonly physical: "float64";
  readonly values: Float64Array;
}

/** `bool` as 1 and 0. */
export interface BoolVector extends VectorBase {
  readonly physical: "bool";
  readonly values: Uint8Array;
}

/** A batch is handed over when it holds this many rows … */
export const maximumBatchRows = 16_384;

/** … or when its shared buffer passed this many bytes (one huge row may exceed it). */
export const maximumBatchBytes = 4 * 1024 * 1024;
