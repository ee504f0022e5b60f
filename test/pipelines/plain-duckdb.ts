import { existsSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { readWhole, tablesQuery } from "./plain-database.ts";
import type { PlainDatabase } from "./plain-database.ts";
import type { SqlRow } from "./compare-tables.ts";

/** A DuckDB file; it is open only while a query runs, and must not be open elsewhere then. */
export function plainDuckdb(path: string): PlainDatabase {
  const query = async (sql: string): Promise<readonly SqlRow[]> => {
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    try {
      await connection.run("SET TimeZone = 'UTC'");
      return (await connection.runAndReadAll(sql)).getRowObjectsJS();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  };
  return {
    query,
    readTable: (table) => readWhole(query, table, select),
    async tables() {
      if (!existsSync(path)) return [];
      return (await query(tablesQuery)).map(({ name }) => String(name));
    },
  };
}

function select(name: string, type: string): string {
  if (type === "TIMESTAMP WITH TIME ZONE")
    return `strftime("${name}" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ') AS "${name}"`;
  if (type.startsWith("DECIMAL")) return `CAST("${name}" AS VARCHAR) AS "${name}"`;
  return `"${name}"`;
}
