import type { SqlRow } from "./compare-tables.ts";

/** A database as any reader sees it: plain SQL on a connection of its own, nothing of the destination's reading. */
export interface PlainDatabase {
  query(sql: string): Promise<readonly SqlRow[]>;
  /** Every row and column of a table of the dataset: times as text with six digits, decimals and JSON as exact text. */
  readTable(table: string): Promise<readonly SqlRow[]>;
  /** Every table of every schema, as `schema.table`. */
  tables(): Promise<readonly string[]>;
}

/** The dataset that tests load into. */
export const dataset = "cliengo_data";

/** `information_schema` knows tables and columns in the same words on every engine. */
export const tablesQuery =
  "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables " +
  "WHERE table_schema NOT IN ('information_schema', 'pg_catalog') ORDER BY 1";

/** Reads a table with each column selected by `select`, which may cast by type. */
export async function readWhole(
  query: PlainDatabase["query"],
  table: string,
  select: (column: string, type: string) => string,
): Promise<readonly SqlRow[]> {
  const columns = await query(
    `SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = '${dataset}' AND table_name = '${table}'`,
  );
  if (columns.length === 0) return [];
  const selected = columns.map((column) => select(String(column["column_name"]), String(column["data_type"])));
  return await query(`SELECT ${selected.join(", ")} FROM ${dataset}."${table}"`);
}
