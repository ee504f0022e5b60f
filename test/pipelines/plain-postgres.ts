import { Client } from "pg";
import { readWhole, tablesQuery } from "./plain-database.ts";
import type { PlainDatabase } from "./plain-database.ts";
import type { SqlRow } from "./compare-tables.ts";

/** A Postgres database; a connection a query. */
export function plainPostgres(url: string): PlainDatabase {
  const query = async (sql: string): Promise<readonly SqlRow[]> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      await client.query("SET TimeZone = 'UTC'");
      return (await client.query<SqlRow>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  return {
    query,
    readTable: (table) => readWhole(query, table, select),
    tables: async () => (await query(tablesQuery)).map(({ name }) => String(name)),
  };
}

function select(name: string, type: string): string {
  if (type === "timestamp with time zone") return `to_char("${name}", 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "${name}"`;
  if (["numeric", "json", "jsonb"].includes(type)) return `"${name}"::text AS "${name}"`;
  return `"${name}"`;
}
