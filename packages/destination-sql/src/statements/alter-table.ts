import type { Column } from "@typeload/core";
import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, sql, verbatim } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";

/** A new column is nullable: the table may have rows. */
export function addColumn(table: Sql, column: Column, dialect: SqlDialect): Sql {
  return sql`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${identifier(column.name)} ${verbatim(dialect.columnType(column))}`;
}

export function setNotNull(table: Sql, column: string): Sql {
  return sql`ALTER TABLE ${table} ALTER COLUMN ${identifier(column)} SET NOT NULL`;
}

export function dropNotNull(table: Sql, column: string): Sql {
  return sql`ALTER TABLE ${table} ALTER COLUMN ${identifier(column)} DROP NOT NULL`;
}

/** Gives a row when the column holds an integer that a double may not hold. */
export function beyondDouble(table: Sql, column: string): Sql {
  const name = identifier(column);
  return sql`SELECT 1 AS present FROM ${table} WHERE ${name} NOT BETWEEN -9007199254740992 AND 9007199254740992 LIMIT 1`;
}

/** Gives a row when the table has one. */
export function anyRow(table: Sql): Sql {
  return sql`SELECT 1 AS present FROM ${table} LIMIT 1`;
}
