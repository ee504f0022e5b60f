import type { QueryRow } from "@typeload/core";
import type { SqlConnection } from "./sql-connection.ts";
import type { PhysicalColumn, SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";

/** A table as the engine's catalog describes it, its columns in order. */
export interface PhysicalTable {
  readonly name: string;
  readonly columns: ReadonlyMap<string, PhysicalColumn>;
}

/** What tables there are in a schema (`undefined`: temporary ones), by name. A missing schema has none. */
export async function introspectTables(
  connection: SqlConnection,
  dialect: SqlDialect,
  schema: string | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, PhysicalTable>> {
  const rows = await connection.query(renderSql(dialect.listColumns(schema), dialect), signal);
  const tables = new Map<string, { name: string; columns: Map<string, PhysicalColumn> }>();
  for (const row of rows) {
    const name = text(row, "table_name");
    let table = tables.get(name);
    if (table === undefined) tables.set(name, (table = { name, columns: new Map() }));
    const column = text(row, "column_name");
    table.columns.set(column, {
      name: column,
      type: text(row, "data_type"),
      nullable: row["nullable"] === true,
      length: integer(row["length"]),
      precision: integer(row["precision"]),
      scale: integer(row["scale"]),
      fractionDigits: integer(row["fraction_digits"]),
    });
  }
  return tables;
}

function text(row: QueryRow, column: string): string {
  return String(row[column]);
}

function integer(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
