import { DestinationError } from "@typeload/core";
import type { BytesVector, ColumnVector, Int64Vector } from "@typeload/core";
import type { BinaryCopyWriter } from "./binary-copy-writer.ts";
import { encodeNumeric } from "./encode-numeric.ts";
import { safeJson, safeText } from "./safe-text.ts";

/** Writes the cell of one row: its length, then its bytes; -1 for null. */
export type CellEncoder = (writer: BinaryCopyWriter, row: number) => void;

/** Postgres counts from 2000-01-01; microseconds and days between that and 1970-01-01. */
const epochMicros = 946_684_800_000_000n;
const epochDays = 10_957;
/** What a Postgres timestamp holds, in microseconds from 2000-01-01. Source: the documentation, "Date/Time Types". */
const firstInstant = -211_813_488_000_000_000n;
const lastInstant = 9_223_371_331_199_999_999n;

/** An integer of eight bytes. */
export function encodeInt64(writer: BinaryCopyWriter, value: bigint): void {
  writer.int32(8);
  writer.int64(value);
}

/** The encoder of a column in one batch; `bytes` is the batch's shared buffer; `altered` hears of each cell that cannot be written as it came. */
export function cellEncoder(vector: ColumnVector, bytes: Uint8Array, altered: () => void): CellEncoder {
  const encode = valueEncoder(vector, bytes, altered);
  const { valid } = vector;
  return (writer, row) => {
    if (valid[row] === 1) encode(writer, row);
    else writer.int32(-1);
  };
}

function valueEncoder(vector: ColumnVector, bytes: Uint8Array, altered: () => void): CellEncoder {
  switch (vector.physical) {
    case "bytes":
      return bytesEncoder(vector, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), altered);
    case "int64":
      return int64Encoder(vector);
    case "int32":
      return (writer, row) => {
        writer.int32(4);
        writer.int32((vector.values[row] ?? 0) - epochDays);
      };
    case "float64":
      return (writer, row) => {
        writer.int32(8);
        writer.float64(vector.values[row] ?? 0);
      };
    case "bool":
      return (writer, row) => {
        writer.int32(1);
        writer.uint8(vector.values[row] ?? 0);
      };
  }
}

function int64Encoder({ column, values }: Int64Vector): CellEncoder {
  const { dataType, precision } = column;
  if (dataType === "timestamp") {
    return (writer, row) => {
      const micros = (values[row] ?? 0n) - epochMicros;
      if (micros < firstInstant || micros > lastInstant) {
        throw new DestinationError(
          `column ${column.name}: an instant before 4713 BC or after the year 294276, which Postgres cannot store`,
          { code: "value_out_of_range" },
        );
      }
      encodeInt64(writer, micros);
    };
  }
  if (dataType === "bigint" && precision !== undefined && precision <= 32) {
    const size = precision <= 16 ? 2 : 4;
    const limit = 2n ** BigInt(size * 8 - 1);
    return (writer, row) => {
      const value = values[row] ?? 0n;
      if (value < -limit || value >= limit) {
        throw new DestinationError(
          `column ${column.name}: ${value} does not fit its ${precision} bits. Raise or drop the precision hint.`,
          { code: "value_out_of_range" },
        );
      }
      writer.int32(size);
      if (size === 2) writer.int16(Number(value));
      else writer.int32(Number(value));
    };
  }
  return (writer, row) => encodeInt64(writer, values[row] ?? 0n);
}

function bytesEncoder({ column, offsets, lengths }: BytesVector, heap: Buffer, altered: () => void): CellEncoder {
  const slice = (row: number): Buffer => heap.subarray(offsets[row] ?? 0, (offsets[row] ?? 0) + (lengths[row] ?? 0));
  switch (column.dataType) {
    case "decimal":
    case "wei":
      return (writer, row) => encodeNumeric(writer, slice(row).toString("latin1"), column);
    case "json":
      return (writer, row) => {
        const json = slice(row);
        const text = safeJson(json);
        if (text !== json) altered();
        writer.int32(text.length + 1);
        writer.uint8(1); // version of jsonb's binary form
        writer.raw(text, 0, text.length);
      };
    case "binary":
      return (writer, row) => writeBytes(writer, slice(row));
    default:
      return (writer, row) => {
        const text = slice(row);
        const safe = safeText(text);
        if (safe !== text) altered();
        writeBytes(writer, safe);
      };
  }
}

function writeBytes(writer: BinaryCopyWriter, bytes: Buffer): void {
  writer.int32(bytes.length);
  writer.raw(bytes, 0, bytes.length);
}
