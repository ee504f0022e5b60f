import { identifier, integerLiteral, parameter, sql, verbatim } from "@typeload/destination-sql";
import type { SqlDialect } from "@typeload/destination-sql";
import { duckdbCapabilities } from "./duckdb-capabilities.ts";
import { columnType, readColumnType } from "./duckdb-types.ts";

/** DuckDB's SQL. Staging tables are temporary: a session's one connection owns the file, so nobody else could fill them. */
export const duckdbDialect: SqlDialect = {
  name: "duckdb",
  quoteIdentifier: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: (position) => `$${position}`,
  columnType,
  readColumnType,
  uniqueConstraints: false,
  staging: { kind: "temp" },
  maxTableNameBytes: duckdbCapabilities.maxTableNameLength,
  // No documented limit; a statement of this size is parsed in milliseconds.
  maxParameters: 4_096,
  now: sql`now()`,
  secondsFromNow: (seconds) => sql`now() + to_seconds(${integerLiteral(Math.ceil(seconds))})`,
  // Load ids are seconds with up to 9 digits of fraction.
  numberOrNull: (expression) => sql`TRY_CAST(${expression} AS DECIMAL(38,20))`,
  sameValue: (left, right) => sql`${left} IS NOT DISTINCT FROM ${right}`,
  castTo: (expression, column) => sql`CAST(${expression} AS ${verbatim(columnType(column))})`,
  listColumns: (schema) => {
    const where =
      schema === undefined
        ? sql`database_name = 'temp'`
        : sql`database_name = current_database() AND schema_name = ${parameter(schema)}`;
    return sql`SELECT table_name, column_name, data_type, is_nullable AS nullable, NULL AS length, numeric_precision AS "precision", numeric_scale AS scale, NULL AS fraction_digits FROM duckdb_columns() WHERE NOT internal AND ${where} ORDER BY table_name, column_index`;
  },
  widenColumn: (table, column) =>
    sql`ALTER TABLE ${table} ALTER COLUMN ${identifier(column.name)} SET DATA TYPE ${verbatim(columnType(column))}`,
};
