import { ConfigurationError } from "@typeload/core";
import { identifier, integerLiteral, parameter, sql, verbatim } from "@typeload/destination-sql";
import type { SqlDialect } from "@typeload/destination-sql";
import { postgresType, readPostgresType } from "./postgres-types.ts";

/** How long another pipeline's commit is waited for, as `lock_timeout` takes it. */
const longestCommit = "1h";

/** Postgres 14 and newer. */
export const postgresDialect: SqlDialect = {
  name: "postgres",
  quoteIdentifier(name) {
    if (name.includes("\0"))
      throw new ConfigurationError(`Postgres allows no NUL character in a name: ${JSON.stringify(name)}`);
    return `"${name.replaceAll('"', '""')}"`;
  },
  placeholder: (position) => `$${position}`,
  columnType: postgresType,
  readColumnType: readPostgresType,
  uniqueConstraints: true,
  // dlt's own name for it. UNLOGGED tables are emptied by a server crash: the expected counts of the commit notice.
  staging: { kind: "schema", suffix: "_staging", unlogged: true },
  maxTableNameBytes: 63,
  maxParameters: 65_535,
  // Who holds it may be in the middle of a long commit: lock_timeout, meant for locks of tables, is lifted for this one wait.
  lockDataset: (dataset) => sql`
    WITH usual AS MATERIALIZED (SELECT current_setting('lock_timeout') AS lock_timeout)
    SELECT set_config('lock_timeout', ${parameter(longestCommit)}, true),
      pg_advisory_xact_lock(hashtextextended(${parameter(`typeload:${dataset}`)}, 0)),
      set_config('lock_timeout', usual.lock_timeout, true)
    FROM usual`,
  // Not now(): that is when the transaction began.
  now: sql`clock_timestamp()`,
  secondsFromNow: (seconds) => sql`clock_timestamp() + make_interval(secs => ${integerLiteral(seconds)})`,
  numberOrNull: (expression) =>
    sql`CASE WHEN ${expression} ~ '^[0-9]{1,30}([.][0-9]{1,30})?$' THEN CAST(${expression} AS numeric) END`,
  sameValue: (left, right) => sql`${left} IS NOT DISTINCT FROM ${right}`,
  byCodePoint: (expression) => sql`${expression} COLLATE "C"`,
  castTo: (expression, column) => sql`CAST(${expression} AS ${verbatim(postgresType(column))})`,
  analyze: (table) => sql`ANALYZE ${table}`,
  listColumns: (schema) => sql`
    SELECT table_name, column_name, data_type, is_nullable = 'YES' AS nullable, character_maximum_length AS length,
      numeric_precision AS precision, numeric_scale AS scale, datetime_precision AS fraction_digits
    FROM information_schema.columns
    WHERE table_schema = ${parameter(schema ?? "pg_temp")}
    ORDER BY table_name, ordinal_position`,
  widenColumn: (table, column) =>
    sql`ALTER TABLE ${table} ALTER COLUMN ${identifier(column.name)} TYPE ${verbatim(postgresType(column))}`,
};
