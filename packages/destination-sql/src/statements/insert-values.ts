import type { Table } from "@typeload/core";
import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, joinSql, parameter, sql } from "../sql-text.ts";
import type { Sql, SqlValue } from "../sql-text.ts";

/** One row for a system table, by column name. A column left out is null. */
export type ValueRow = Readonly<Record<string, SqlValue | undefined>>;

/** The few rows of system tables go as parameters, each under a cast to its column's type (which also names its type to the engine). */
export function insertValues(
  dataset: string,
  table: Table,
  rows: readonly ValueRow[],
  dialect: SqlDialect,
): readonly Sql[] {
  const names = joinSql(
    table.columns.map((column) => identifier(column.name)),
    ", ",
  );
  return chunks(rows, Math.max(1, Math.floor(dialect.maxParameters / table.columns.length))).map((chunk) => {
    const tuples = chunk.map((row) => sql`(${cells(table, row, dialect)})`);
    return sql`INSERT INTO ${identifier(dataset, table.name)} (${names}) VALUES ${joinSql(tuples, ", ")}`;
  });
}

/** The same for one row, unless `unless` gives a row. */
export function insertUnless(dataset: string, table: Table, row: ValueRow, unless: Sql, dialect: SqlDialect): Sql {
  const names = joinSql(
    table.columns.map((column) => identifier(column.name)),
    ", ",
  );
  return sql`INSERT INTO ${identifier(dataset, table.name)} (${names}) SELECT ${cells(table, row, dialect)} WHERE NOT EXISTS (${unless})`;
}

function cells(table: Table, row: ValueRow, dialect: SqlDialect): Sql {
  return joinSql(
    table.columns.map((column) => dialect.castTo(parameter(row[column.name] ?? null), column)),
    ", ",
  );
}

/** Cuts a list into pieces of at most `size`. */
export function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
