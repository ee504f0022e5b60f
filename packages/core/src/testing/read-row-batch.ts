import type { ColumnVector, RowBatch } from "../normalize/row-batch.ts";
import { type CellRow, type CellValue, emptyRow } from "./cell-value.ts";
import { dateOfDays, timeOfMicroseconds, timestampOfMicroseconds } from "./iso-time.ts";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * The rows of a batch as objects, for tests and for destinations that have no bulk path. Values as in {@link CellValue}.
 *
 * @example
 * ```ts
 * for (const row of readRowBatch(batch)) console.log(row.email, row._dlt_id);
 * ```
 */
export function readRowBatch(batch: RowBatch): readonly CellRow[] {
  const rows = Array.from({ length: batch.rowCount }, emptyRow);
  for (const vector of batch.columns) {
    rows.forEach((row, index) => {
      row[vector.column.name] = readCell(batch, vector, index);
    });
  }
  return rows;
}

function readCell(batch: RowBatch, vector: ColumnVector, row: number): CellValue {
  if (vector.valid[row] !== 1) return null;
  switch (vector.physical) {
    case "bytes": {
      const start = at(vector.offsets, row);
      const bytes = batch.bytes.subarray(start, start + at(vector.lengths, row));
      return vector.column.dataType === "binary" ? bytes.slice() : decoder.decode(bytes);
    }
    case "int64": {
      const value = at(vector.values, row);
      if (vector.column.dataType === "bigint") return value;
      if (vector.column.dataType === "time") return timeOfMicroseconds(value);
      return timestampOfMicroseconds(value) + (vector.column.timezone === false ? "" : "Z");
    }
    case "int32":
      return dateOfDays(at(vector.values, row));
    case "float64":
      return at(vector.values, row);
    case "bool":
      return at(vector.values, row) === 1;
  }
}

function at<T>(values: { readonly length: number; readonly [index: number]: T }, row: number): T {
  const value = values[row];
  if (value === undefined)
    throw new RangeError(`the batch has no cell at row ${row}: a vector is shorter than rowCount`);
  return value;
}
