import { DestinationError, UnsupportedError, WideningRefusedError } from "../destination/destination-error.ts";
import type { Capabilities } from "../destination/capabilities.ts";
import type { Column, Table } from "../schema/schema.ts";
import { type CellRow, type CellValue, emptyRow } from "./cell-value.ts";

/**
 * A dataset: its tables by name. Never changed in place: a change makes a new one, and putting that in the old one's place is what
 * makes a commit all or nothing.
 */
export type MemoryDataset = ReadonlyMap<string, MemoryTable>;

/** A table that exists. A row that lacks a member has null there. */
export interface MemoryTable {
  readonly columns: readonly Column[];
  readonly rows: readonly CellRow[];
}

/** The dataset with one more table, or with that table in another shape. */
export function withTable(dataset: MemoryDataset, table: Table, capabilities: Capabilities): MemoryDataset {
  const wanted = table.columns.filter((column) => column.dataType !== undefined);
  for (const column of wanted) refuseUnsupportedType(table, column, capabilities);
  const old = dataset.get(table.name) ?? { columns: [], rows: [] };
  const added = wanted.filter((column) => !old.columns.some(({ name }) => name === column.name));
  const kept = old.columns.map((column) => wanted.find(({ name }) => name === column.name) ?? column);
  const widened = kept.filter((column, index) => changesType(table, old.columns[index], column, capabilities));
  for (const column of widened) refuseChangedValues(table, column, old.rows);
  const rows = widened.length === 0 ? old.rows : old.rows.map((row) => castRow(row, widened));
  return new Map(dataset).set(table.name, { columns: [...kept, ...added], rows });
}

/** The dataset with other rows in one of its tables. */
export function withRows(dataset: MemoryDataset, name: string, rows: readonly CellRow[]): MemoryDataset {
  const table = dataset.get(name);
  if (table === undefined) throw unknownTable(name);
  return new Map(dataset).set(name, { columns: table.columns, rows });
}

export function rowsOf(dataset: MemoryDataset, name: string): readonly CellRow[] {
  return dataset.get(name)?.rows ?? [];
}

/** The row with some of its cells as another column type holds them. Only what `memoryCapabilities.widenings` lists ever changes. */
export function castRow(row: CellRow, columns: readonly Column[]): CellRow {
  const cast = Object.assign(emptyRow(), row);
  for (const column of columns) cast[column.name] = castCell(row[column.name] ?? null, column);
  return cast;
}

export function unknownTable(name: string): DestinationError {
  return new DestinationError(`There is no table ${name} in memory: call prepare with it first.`, {
    code: "unknown_table",
  });
}

function castCell(value: CellValue, column: Column): CellValue {
  if (typeof value !== "bigint") return value;
  if (column.dataType === "decimal") return String(value);
  return column.dataType === "double" ? Number(value) : value;
}

function refuseChangedValues(table: Table, column: Column, rows: readonly CellRow[]): void {
  if (column.dataType !== "double") return;
  const changed = rows.find((row) => {
    const cell = row[column.name];
    return typeof cell === "bigint" && BigInt(Number(cell)) !== cell;
  });
  if (changed === undefined) return;
  throw new WideningRefusedError(
    `Column ${column.name} of ${table.name} holds an integer that no double holds, so it stays bigint.`,
    { table: table.name, column: column.name },
  );
}

function changesType(table: Table, old: Column | undefined, wanted: Column, { widenings }: Capabilities): boolean {
  if (old === undefined || old.dataType === wanted.dataType) return false;
  if (widenings.some(({ from, to }) => from === old.dataType && to === wanted.dataType)) return true;
  throw new UnsupportedError(
    `Column ${wanted.name} of ${table.name} is ${old.dataType} and cannot become ${wanted.dataType} in memory: use a variant column.`,
  );
}

function refuseUnsupportedType(table: Table, column: Column, { dataTypes }: Capabilities): void {
  if (column.dataType === undefined || dataTypes.includes(column.dataType)) return;
  throw new UnsupportedError(
    `Column ${column.name} of ${table.name} is ${column.dataType}, which memory does not hold.`,
  );
}
