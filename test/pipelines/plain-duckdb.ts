import { existsSync } from "node:fs";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { readWhole, tablesQuery } from "./plain-database.ts";
import type { PlainDatabase } from "./plain-database.ts";
import type { SqlRow } from "./compare-tables.ts";

/** A DuckDB file; it is open only while queries run (those of one moment share it), and must not be open elsewhere then. */
export function plainDuckdb(path: string): PlainDatabase {
  let shared: { readonly opened: Promise<Opened>; users: number } | undefined;
  const query = async (sql: string): Promise<readonly SqlRow[]> => {
    const own = (shared ??= { opened: open(path), users: 0 });
    own.users += 1;
    try {
      const { connection } = await own.opened;
      return (await connection.runAndReadAll(sql)).getRowObjectsJS();
    } finally {
      own.users -= 1;
      if (own.users === 0) {
        if (shared === own) shared = undefined;
        const { connection, instance } = await own.opened;
        connection.closeSync();
        instance.closeSync();
      }
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

interface Opened {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

async function open(path: string): Promise<Opened> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  return { instance, connection };
}
