import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { DuckDBInstance } from "@duckdb/node-api";
import { duckdb } from "@typeload/destination-duckdb";
import { loadAndCompare } from "./cliengo-contents.ts";

it("loads Cliengo into DuckDB cell by cell, and the second time nothing", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "typeload-duckdb-"));
  try {
    const path = join(folder, "cliengo.duckdb");
    await loadAndCompare({
      destination: duckdb({ path }),
      workingDirectory: join(folder, "work"),
      // Plain SQL on a connection of its own: nothing of the destination's reading is trusted.
      async readTable(table) {
        const instance = await DuckDBInstance.create(path);
        const connection = await instance.connect();
        try {
          await connection.run("SET TimeZone = 'UTC'");
          const columns = await connection.runAndReadAll(
            `SELECT column_name, data_type FROM information_schema.columns WHERE table_schema = 'cliengo_data' AND table_name = '${table}'`,
          );
          const select = columns.getRows().map(([name, type]) => column(String(name), String(type)));
          expect(select.length, `columns of ${table}`).toBeGreaterThan(0);
          const reader = await connection.runAndReadAll(`SELECT ${select.join(", ")} FROM cliengo_data."${table}"`);
          return reader.getRowObjectsJS();
        } finally {
          connection.closeSync();
          instance.closeSync();
        }
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Times as text with six digits, decimals as exact text; everything else as the driver gives it. */
function column(name: string, type: string): string {
  if (type === "TIMESTAMP WITH TIME ZONE")
    return `strftime("${name}" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ') AS "${name}"`;
  if (type.startsWith("DECIMAL")) return `CAST("${name}" AS VARCHAR) AS "${name}"`;
  return `"${name}"`;
}
