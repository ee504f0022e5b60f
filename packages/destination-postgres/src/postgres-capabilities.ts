import type { Capabilities } from "@typeload/core";

/**
 * What Postgres can do. Limits: https://www.postgresql.org/docs/current/limits.html (63-byte names, 1,600 columns).
 * Widening `bigint` to `decimal` keeps every value: numeric(38,9) has 29 digits before the point, a bigint 19.
 */
export const postgresCapabilities: Capabilities = {
  maxColumnNameLength: 63,
  maxTableNameLength: 63,
  identifierLengthUnit: "bytes",
  maxColumnsPerTable: 1600,
  dataTypes: ["text", "bigint", "double", "decimal", "bool", "timestamp", "date", "time", "binary", "json", "wei"],
  decimalPrecision: { precision: 38, scale: 9 },
  widenings: [
    { from: "bigint", to: "decimal" },
    { from: "bigint", to: "double", looksAtValues: true },
  ],
  writeDispositions: ["append", "replace", "merge"],
  mergeStrategies: ["delete-insert", "upsert", "insert-only", "scd2"],
  mergeHints: ["merge-key", "dedup-sort", "hard-delete"],
  transactionalDdl: true,
  maxTablesPerCommit: Infinity,
  sharedStaging: false,
  guarantee: "exactly-once",
};
