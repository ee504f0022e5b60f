import { dataTypes } from "@typeload/core";
import type { Capabilities } from "@typeload/core";

/** What DuckDB can do, as it is used here. */
export const duckdbCapabilities: Capabilities = {
  // DuckDB sets no limit on names; this one is dlt's, so that both shorten alike.
  maxColumnNameLength: 65_536,
  maxTableNameLength: 65_536,
  identifierLengthUnit: "code-points",
  maxColumnsPerTable: Number.POSITIVE_INFINITY,
  dataTypes,
  // https://duckdb.org/docs/stable/sql/data_types/numeric: DECIMAL holds up to 38 digits.
  decimalPrecision: { precision: 38, scale: 9 },
  // 19 digits of a bigint fit into the 29 before the point of DECIMAL(38,9), and into DECIMAL(38,0).
  widenings: [
    { from: "bigint", to: "decimal" },
    { from: "bigint", to: "wei" },
    { from: "bigint", to: "double", looksAtValues: true },
  ],
  writeDispositions: ["append", "replace", "merge"],
  mergeStrategies: ["delete-insert", "upsert", "insert-only", "scd2"],
  mergeHints: ["merge-key", "dedup-sort", "hard-delete"],
  // https://duckdb.org/docs/stable/sql/statements/transactions
  transactionalDdl: true,
  maxTablesPerCommit: Number.POSITIVE_INFINITY,
  // One process has the file.
  sharedStaging: false,
  sessionsAtOnce: 1,
  guarantee: "exactly-once",
};
