import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import type { PostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { plainPostgres } from "./plain-postgres.ts";

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  server = await startPostgresServer();
  folder = await mkdtemp(join(tmpdir(), "typeload-quarantine-"));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

// DuckDB's turn is docs/guides/contracts.md.
it("quarantines rows in Postgres in the commit of the others, in several loads, and keeps them out of the stored schema", async () => {
  const url = await server.createDatabase();
  const load = (records: readonly { id: number; [member: string]: unknown }[]) => {
    const orders = defineResource({
      name: "orders",
      primaryKey: "id",
      writeDisposition: "merge",
      contract: { columns: "quarantine", dataType: "quarantine" },
      read: () => records,
    });
    const pipeline = createPipeline({
      name: "p",
      destination: postgres(url),
      dataset: "shop",
      workingDirectory: folder,
    });
    return pipeline.run(defineSource({ name: "shop", resources: [orders] }));
  };
  await load([{ id: 1, total: 1 }]);
  await load([
    { id: 2, total: 12345678901234567890123n, note: "nul \u0000 and \ud800" },
    { id: 3, total: 3 },
  ]);
  await load([{ id: 1, total: "one" }]);
  const database = plainPostgres(url);
  expect(await database.query("SELECT id, total FROM shop.orders ORDER BY id")).toEqual([
    { id: "1", total: "1" },
    { id: "3", total: "3" },
  ]);
  const kept = await database.query(
    "SELECT q.*, l.status FROM shop._typeload_quarantine q JOIN shop._dlt_loads l USING (load_id) ORDER BY load_id",
  );
  expect(kept.map(({ load_id: _load, ...row }) => row)).toEqual([
    {
      resource: "orders",
      table_name: "orders",
      path: "$",
      reason: 'column "total" is bigint, the value is decimal',
      record: String.raw`{"id":2,"total":12345678901234567890123,"note":"nul \u0000 and \ud800"}`,
      status: "0",
    },
    {
      resource: "orders",
      table_name: "orders",
      path: "$",
      reason: 'column "total" is bigint, the value is text',
      record: '{"id":1,"total":"one"}',
      status: "0",
    },
  ]);
  const schemas = await database.query("SELECT schema FROM shop._dlt_version");
  expect(JSON.stringify(schemas)).not.toContain("_typeload_quarantine");
});
