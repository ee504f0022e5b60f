import type { ColumnVector, RowBatch } from "../normalize/row-batch.ts";
import type { Column, Table } from "../schema/schema.ts";
import { daysOfDate, microsecondsOfTime, microsecondsOfTimestamp } from "./iso-time.ts";

/**
 * A cell as {@link typedBatch} takes it: the values of `CellValue`, and for convenience a Date for a timestamp or date, a whole number
 * for a bigint, decimal or wei, a bigint for a decimal or wei. `undefined` is null.
 */
export type CellInput = string | bigint | number | boolean | Date | Uint8Array | null | undefined;

/** What {@link typedBatch} may be told beside the rows. */
export interface TypedBatchOptions {
  /** Default 1. */
  readonly tableVersion?: number | undefined;
  /** Ordinal of the root record of each row. Default: 1, 2, 3 … */
  readonly ordinals?: readonly number[] | undefined;
}

/**
 * Builds a `RowBatch` from plain rows: for tests, and for whoever drives a destination without the normalizer. A column of the table
 * that a row leaves out is null; a member that is no column of the table, or a value that does not fit its column, is a `TypeError` or
 * `RangeError` that names row and column. Rows must not be empty: a batch holds at least one.
 *
 * @example
 * ```ts
 * const table = { name: "contacts", columns: [{ name: "id", dataType: "bigint" }, { name: "seen", dataType: "timestamp" }] } as const;
 * const batch = typedBatch(table, [{ id: 1n, seen: "2026-01-02T03:04:05.000006Z" }, { id: 2n, seen: null }]);
 * ```
 */
export function typedBatch(
  table: Table,
  rows: readonly Readonly<Record<string, CellInput>>[],
  options: TypedBatchOptions = {},
): RowBatch {
  if (rows.length === 0) throw new RangeError(`a batch of ${table.name} needs at least one row`);
  const columns = table.columns.filter((column) => column.dataType !== undefined);
  rows.forEach((row, index) => refuseUnknownMembers(table, columns, row, index));
  const heap = new ByteHeap();
  return {
    table,
    tableVersion: options.tableVersion ?? 1,
    rowCount: rows.length,
    columns: columns.map((column) => vectorOf(table, column, rows, heap)),
    bytes: heap.toBytes(),
    ordinals: Float64Array.from(rows, (_row, index) => options.ordinals?.[index] ?? index + 1),
  };
}

function vectorOf(
  table: Table,
  column: Column,
  rows: readonly Readonly<Record<string, CellInput>>[],
  heap: ByteHeap,
): ColumnVector {
  const cells = rows.map((row) => (Object.hasOwn(row, column.name) ? (row[column.name] ?? null) : null));
  const valid = Uint8Array.from(cells, (cell) => (cell === null ? 0 : 1));
  const each = <T>(ifNull: T, convert: (cell: NonNullable<CellInput>) => T): T[] =>
    cells.map((cell, index) => {
      if (cell === null) return ifNull;
      try {
        return convert(cell);
      } catch (error) {
        throw new RangeError(`row ${index} of ${table.name}, column ${column.name}: ${messageOf(error)}`, {
          cause: error,
        });
      }
    });

  switch (column.dataType) {
    case "bigint":
      return { physical: "int64", column, valid, values: BigInt64Array.from(each(0n, int64Of)) };
    case "timestamp":
      return { physical: "int64", column, valid, values: BigInt64Array.from(each(0n, timestampOf)) };
    case "time":
      return {
        physical: "int64",
        column,
        valid,
        values: BigInt64Array.from(each(0n, (cell) => microsecondsOfTime(textOf(cell)))),
      };
    case "date":
      return { physical: "int32", column, valid, values: Int32Array.from(each(0, dateOf)) };
    case "double":
      return { physical: "float64", column, valid, values: Float64Array.from(each(0, numberOf)) };
    case "bool":
      return { physical: "bool", column, valid, values: Uint8Array.from(each(0, (cell) => (boolOf(cell) ? 1 : 0))) };
    default: {
      const places = each(heap.nothing, (cell) =>
        heap.add(cell instanceof Uint8Array && column.dataType === "binary" ? cell : bytesOf(column, cell)),
      );
      return {
        physical: "bytes",
        column,
        valid,
        offsets: Uint32Array.from(places, (place) => place.offset),
        lengths: Uint32Array.from(places, (place) => place.length),
      };
    }
  }
}

const encoder = new TextEncoder();

function bytesOf(column: Column, cell: NonNullable<CellInput>): Uint8Array {
  if (column.dataType === "binary") throw new TypeError("expected a Uint8Array");
  if (column.dataType !== "decimal" && column.dataType !== "wei") return encoder.encode(textOf(cell));
  const text = typeof cell === "bigint" || Number.isSafeInteger(cell) ? String(cell) : textOf(cell);
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`expected plain decimal text such as "-12.50", got ${text}`);
  return encoder.encode(text);
}

function int64Of(cell: NonNullable<CellInput>): bigint {
  if (typeof cell !== "bigint" && !Number.isSafeInteger(cell))
    throw new TypeError(`expected a bigint or a safe integer, got ${String(cell)}`);
  const value = BigInt(Number.isSafeInteger(cell) ? Number(cell) : String(cell));
  if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${value} does not fit 64 bits`);
  return value;
}

function timestampOf(cell: NonNullable<CellInput>): bigint {
  return cell instanceof Date ? BigInt(cell.getTime()) * 1000n : microsecondsOfTimestamp(textOf(cell));
}

function dateOf(cell: NonNullable<CellInput>): number {
  return daysOfDate(cell instanceof Date ? cell.toISOString().slice(0, 10) : textOf(cell));
}

function numberOf(cell: NonNullable<CellInput>): number {
  if (typeof cell !== "number") throw new TypeError(`expected a number, got ${typeof cell}`);
  return cell;
}

function boolOf(cell: NonNullable<CellInput>): boolean {
  if (typeof cell !== "boolean") throw new TypeError(`expected a boolean, got ${typeof cell}`);
  return cell;
}

function textOf(cell: NonNullable<CellInput>): string {
  if (typeof cell !== "string") throw new TypeError(`expected a string, got ${typeof cell}`);
  return cell;
}

function refuseUnknownMembers(table: Table, columns: readonly Column[], row: object, index: number): void {
  const unknown = Object.keys(row).find((name) => !columns.some((column) => column.name === name));
  if (unknown !== undefined)
    throw new TypeError(`row ${index} of ${table.name} has a member ${unknown}, which is no column with a type`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Cells one after another in one buffer. */
class ByteHeap {
  readonly nothing = { offset: 0, length: 0 };
  readonly #cells: Uint8Array[] = [];
  #length = 0;

  add(bytes: Uint8Array): { offset: number; length: number } {
    const place = { offset: this.#length, length: bytes.length };
    this.#cells.push(bytes);
    this.#length += bytes.length;
    return place;
  }

  toBytes(): Uint8Array {
    const all = new Uint8Array(this.#length);
    let offset = 0;
    for (const cell of this.#cells) {
      all.set(cell, offset);
      offset += cell.length;
    }
    return all;
  }
}
