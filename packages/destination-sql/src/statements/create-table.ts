import type { Column, Table } from "@typeload/core";
import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, joinSql, parameter, sql, verbatim } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";

/** A column that exists in the destination: one whose type is known. */
export function typedColumns(table: Table): readonly Column[] {
  return table.columns.filter((column) => column.dataType !== undefined);
}

/** A table as dlt makes it: columns in schema order, NOT NULL as hinted, UNIQUE on `_dlt_id` where dlt has it on this engine. */
export function createTable(dataset: string, table: Table, dialect: SqlDialect): Sql {
  const columns = typedColumns(table).map((column) => columnDefinition(column, dialect));
  return sql`CREATE TABLE IF NOT EXISTS ${identifier(dataset, table.name)} (${joinSql(columns, ", ")})`;
}

/** Which of these schemas are there. */
export function listSchemas(names: readonly string[]): Sql {
  const list = joinSql(
    names.map((name) => parameter(name)),
    ", ",
  );
  return sql`SELECT schema_name FROM information_schema.schemata WHERE catalog_name = current_database() AND schema_name IN (${list})`;
}

export function createSchema(name: string): Sql {
  return sql`CREATE SCHEMA IF NOT EXISTS ${identifier(name)}`;
}

export function dropSchema(name: string): Sql {
  return sql`DROP SCHEMA IF EXISTS ${identifier(name)} CASCADE`;
}

function columnDefinition(column: Column, dialect: SqlDialect): Sql {
  const unique = column.unique === true && dialect.uniqueConstraints ? sql` UNIQUE` : sql``;
  const notNull = column.nullable === false ? sql` NOT NULL` : sql``;
  return sql`${identifier(column.name)} ${verbatim(dialect.columnType(column))}${unique}${notNull}`;
}
