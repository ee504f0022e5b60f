import { DuckDBDecimalType, DuckDBTypeId } from "@duckdb/node-api";
import type { DuckDBType } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { DestinationError } from "@typeload/core";
import type { BytesVector, ColumnVector, Int64Vector, RowBatch } from "@typeload/core";

// Memory is copied into DuckDB's vectors without its checking anything, so every length and type is checked here first.

/** Copies `count` cells of a column, from row `start` on, into a vector of the type it was made for. */
export type CellWriter = (
  vector: duckdb.Vector,
  batch: RowBatch,
  column: ColumnVector,
  start: number,
  count: number,
) => void;

const capacity = duckdb.vector_size();
const int64Scratch = new BigInt64Array(capacity);
const int128Scratch = new BigInt64Array(capacity * 2);
const validityScratch = new Uint8Array(Math.ceil(capacity / 64) * 8);

/** How the cells of a column get into a staging column of this type. */
export function cellWriter(type: DuckDBType, column: ColumnVector): CellWriter {
  const writer = writerFor(type, column);
  if (writer === undefined) {
    throw new DestinationError(
      `column ${column.column.name}: ${column.physical} cells of type ${column.column.dataType} cannot go to a staging column of type ${String(type)}`,
      { code: "type_mismatch" },
    );
  }
  return writer;
}

function writerFor(type: DuckDBType, column: ColumnVector): CellWriter | undefined {
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
    case DuckDBTypeId.BLOB:
      return column.physical === "bytes" ? writeBytes : undefined;
    case DuckDBTypeId.DECIMAL:
      if (!(type instanceof DuckDBDecimalType) || column.physical !== "bytes") return undefined;
      return decimalWriter(type.width, type.scale);
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
    case DuckDBTypeId.TIME:
      return column.physical === "int64" ? writeFixed : undefined;
    case DuckDBTypeId.DOUBLE:
      return column.physical === "float64" ? writeFixed : undefined;
    case DuckDBTypeId.DATE:
      return column.physical === "int32" ? writeFixed : undefined;
    case DuckDBTypeId.BOOLEAN:
      return column.physical === "bool" ? writeFixed : undefined;
    case DuckDBTypeId.TINYINT:
      return integerWriter(column, 8);
    case DuckDBTypeId.SMALLINT:
      return integerWriter(column, 16);
    case DuckDBTypeId.INTEGER:
      return integerWriter(column, 32);
    case DuckDBTypeId.HUGEINT:
      return column.physical === "int64" ? writeHugeInt : undefined;
    case DuckDBTypeId.TIMESTAMP_S:
      return scaledWriter(
        column,
        (micros) => (micros - (((micros % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n,
      );
    case DuckDBTypeId.TIMESTAMP_MS:
      return scaledWriter(column, (micros) => (micros - (((micros % 1_000n) + 1_000n) % 1_000n)) / 1_000n);
    case DuckDBTypeId.TIMESTAMP_NS:
      return scaledWriter(column, (micros) => fitting(micros * 1_000n, 64, column));
    default:
      return undefined;
  }
}

/** Values whose memory is DuckDB's already. */
const writeFixed: CellWriter = (vector, _batch, column, start, count) => {
  if (column.physical === "bytes") throw new TypeError(`column ${column.column.name} has no fixed width`);
  const { values } = column;
  requireLength(column, values.length, start + count);
  copy(vector, values.subarray(start, start + count));
};

const writeHugeInt: CellWriter = (vector, _batch, column, start, count) => {
  const { values } = int64(column, start + count);
  for (let row = 0; row < count; row++) writeInt128(row, values[start + row] ?? 0n);
  copy(vector, int128Scratch.subarray(0, count * 2));
};

const writeBytes: CellWriter = (vector, batch, column, start, count) => {
  const { offsets, lengths, valid } = bytes(column, start + count);
  for (let row = 0; row < count; row++) {
    const at = start + row;
    if (valid[at] !== 1) continue;
    // In range: `bytes` looked at the arrays' lengths. A cell beyond the buffer is cut by `subarray`, not read from elsewhere.
    const offset = offsets[at] ?? 0;
    duckdb.vector_assign_string_element_len(vector, row, batch.bytes.subarray(offset, offset + (lengths[at] ?? 0)));
  }
};

function scaledWriter(column: ColumnVector, scale: (micros: bigint) => bigint): CellWriter | undefined {
  if (column.physical !== "int64") return undefined;
  return (vector, _batch, vectorOfBatch, start, count) => {
    const { values, valid } = int64(vectorOfBatch, start + count);
    for (let row = 0; row < count; row++) {
      int64Scratch[row] = valid[start + row] === 1 ? scale(values[start + row] ?? 0n) : 0n;
    }
    copy(vector, int64Scratch.subarray(0, count));
  };
}

function integerWriter(column: ColumnVector, bits: 8 | 16 | 32): CellWriter | undefined {
  if (column.physical !== "int64") return undefined;
  const scratch = new { 8: Int8Array, 16: Int16Array, 32: Int32Array }[bits](capacity);
  return (vector, _batch, vectorOfBatch, start, count) => {
    const { values, valid } = int64(vectorOfBatch, start + count);
    for (let row = 0; row < count; row++) {
      scratch[row] = valid[start + row] === 1 ? Number(fitting(values[start + row] ?? 0n, bits, vectorOfBatch)) : 0;
    }
    copy(vector, scratch.subarray(0, count));
  };
}

/** DuckDB stores a decimal as the integer without its point, in the smallest of four widths. */
function decimalWriter(width: number, scale: number): CellWriter {
  const scratch = width <= 4 ? new Int16Array(capacity) : width <= 9 ? new Int32Array(capacity) : undefined;
  const limit = 10n ** BigInt(width);
  return (vector, batch, column, start, count) => {
    const { offsets, lengths, valid } = bytes(column, start + count);
    for (let row = 0; row < count; row++) {
      const at = start + row;
      let value = 0n;
      if (valid[at] === 1) {
        const offset = offsets[at] ?? 0;
        const text = Buffer.from(batch.bytes.buffer, batch.bytes.byteOffset + offset, lengths[at] ?? 0).toString(
          "latin1",
        );
        value = unscaled(text, scale, column);
        if (value >= limit || value <= -limit) throw doesNotFit(text, `DECIMAL(${width},${scale})`, column);
      }
      if (scratch !== undefined) scratch[row] = Number(value);
      else if (width <= 18) int64Scratch[row] = value;
      else writeInt128(row, value);
    }
    copy(
      vector,
      scratch?.subarray(0, count) ??
        (width <= 18 ? int64Scratch.subarray(0, count) : int128Scratch.subarray(0, count * 2)),
    );
  };
}

const decimalText = /^([+-]?)(\d+)(?:\.(\d*))?$/;

/** The digits of a decimal as an integer of `scale` places. Zeros may go, digits may not. */
function unscaled(text: string, scale: number, column: ColumnVector): bigint {
  const match = decimalText.exec(text);
  const [, sign = "", whole = "", fraction = ""] = match ?? [];
  const places = fraction.replace(/0+$/, "");
  if (match === null || places.length > scale) throw doesNotFit(text, `${scale} digits after the point`, column);
  const value = BigInt(whole + places.padEnd(scale, "0"));
  return sign === "-" ? -value : value;
}

/** Sets which cells are null. A fresh or reset vector has none. */
export function writeValidity(vector: duckdb.Vector, column: ColumnVector, start: number, count: number): void {
  const { valid } = column;
  requireLength(column, valid.length, start + count);
  let nulls = 0;
  for (let row = start; row < start + count; row++) nulls += valid[row] === 1 ? 0 : 1;
  if (nulls === 0) return;
  validityScratch.fill(0);
  for (let row = 0; row < count; row++) {
    if (valid[start + row] === 1) validityScratch[row >> 3] = (validityScratch[row >> 3] ?? 0) | (1 << (row & 7));
  }
  copyValidity(vector, count);
}

/** A column that the batch does not have. */
export function writeNulls(vector: duckdb.Vector, count: number): void {
  validityScratch.fill(0);
  copyValidity(vector, count);
}

/** `batch.ordinals` into a BIGINT vector. */
export function writeOrdinals(vector: duckdb.Vector, batch: RowBatch, start: number, count: number): void {
  for (let row = 0; row < count; row++) int64Scratch[row] = BigInt(batch.ordinals[start + row] ?? 0);
  copy(vector, int64Scratch.subarray(0, count));
}

/** One number in every row of a BIGINT vector. */
export function writeConstant(vector: duckdb.Vector, value: number, count: number): void {
  copy(vector, int64Scratch.fill(BigInt(value), 0, count).subarray(0, count));
}

function copyValidity(vector: duckdb.Vector, count: number): void {
  duckdb.vector_ensure_validity_writable(vector);
  const length = Math.ceil(count / 64) * 8;
  duckdb.copy_data_to_vector_validity(vector, 0, validityScratch.buffer, 0, length);
}

function copy(vector: duckdb.Vector, values: ArrayBufferView): void {
  const { buffer } = values;
  if (buffer instanceof ArrayBuffer)
    duckdb.copy_data_to_vector(vector, 0, buffer, values.byteOffset, values.byteLength);
  else {
    const own = Uint8Array.from(new Uint8Array(buffer, values.byteOffset, values.byteLength));
    duckdb.copy_data_to_vector(vector, 0, own.buffer, 0, own.byteLength);
  }
}

function writeInt128(row: number, value: bigint): void {
  int128Scratch[row * 2] = BigInt.asIntN(64, value);
  int128Scratch[row * 2 + 1] = value >> 64n;
}

function int64(column: ColumnVector, rows: number): Int64Vector {
  if (column.physical !== "int64") throw new TypeError(`column ${column.column.name} holds no integers`);
  requireLength(column, column.values.length, rows);
  return column;
}

function bytes(column: ColumnVector, rows: number): BytesVector {
  if (column.physical !== "bytes") throw new TypeError(`column ${column.column.name} holds no bytes`);
  requireLength(column, Math.min(column.offsets.length, column.lengths.length), rows);
  return column;
}

function requireLength(column: ColumnVector, length: number, rows: number): void {
  if (length < rows)
    throw new RangeError(`column ${column.column.name} has ${length} cells, and the batch ${rows} rows or more`);
}

function fitting(value: bigint, bits: number, column: ColumnVector): bigint {
  if (BigInt.asIntN(bits, value) !== value) throw doesNotFit(String(value), `${bits} bits`, column);
  return value;
}

function doesNotFit(text: string, what: string, { column }: ColumnVector): DestinationError {
  return new DestinationError(
    `column ${column.name}: a number of ${text.length} characters does not fit ${what} without losing digits; ` +
      `give the column a wider precision and scale`,
    { code: "value_does_not_fit" },
  );
}
