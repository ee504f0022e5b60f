import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, types } from "pg";
import { expect, it } from "vitest";
import { postgres } from "@typeload/destination-postgres";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { loadAndCompare } from "./cliengo-contents.ts";

it("loads Cliengo into Postgres cell by cell, and the second time nothing", { timeout: 180_000 }, async () => {
  await using server = await startPostgresServer();
  const url = await server.createDatabase();
  const folder = await mkdtemp(join(tmpdir(), "typeload-postgres-"));
  try {
    await loadAndCompare({
      destination: postgres(url),
      workingDirectory: join(folder, "work"),
      // Plain SQL on a connection of its own: nothing of the destination's reading is trusted.
      async readTable(table) {
        const client = new Client({ connectionString: url });
        await client.connect();
        try {
          await client.query("SET TIME ZONE 'UTC'");
          const columns = await client.query<{ column_name: string; data_type: string }>(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'cliengo_data' AND table_name = $1",
            [table],
          );
          expect(columns.rows.length, `columns of ${table}`).toBeGreaterThan(0);
          const select = columns.rows.map(({ column_name, data_type }) => column(column_name, data_type));
          const asText = {
            getTypeParser: (id: number) => (id === 16 || id === 701 ? types.getTypeParser(id) : String),
          };
          const { rows } = await client.query<Record<string, unknown>>({
            text: `SELECT ${select.join(", ")} FROM cliengo_data."${table}"`,
            types: asText,
          });
          return rows;
        } finally {
          await client.end();
        }
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Times as text with six digits; everything else as the server writes it. */
function column(name: string, type: string): string {
  if (type !== "timestamp with time zone") return `"${name}"`;
  return `to_char("${name}", 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "${name}"`;
}
