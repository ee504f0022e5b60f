import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import { Client } from "pg";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  server = await startPostgresServer();
  folder = await mkdtemp(join(tmpdir(), "typeload-widening-"));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Loads amounts; between the two loads the user does something to the table. */
async function twoLoads(first: readonly unknown[], sql: string | undefined, second: readonly unknown[]) {
  const url = await server.createDatabase();
  const destination = postgres(url);
  const workingDirectory = join(folder, new URL(url).pathname);
  const pipeline = createPipeline({ name: "p", destination, dataset: "shop", workingDirectory });
  const load = (amounts: readonly unknown[]) => {
    const orders = defineResource({ name: "orders", read: () => [amounts.map((amount) => ({ amount }))] });
    return pipeline.run(defineSource({ name: "shop", resources: [orders] }));
  };
  await load(first);
  if (sql !== undefined) {
    const client = new Client(url);
    await client.connect();
    await client.query(sql);
    await client.end();
  }
  const report = await load(second);
  const rows = await pipeline.query("SELECT * FROM shop.orders ORDER BY amount NULLS LAST");
  return {
    changes: report.schemaChanges.map(({ kind }) => kind),
    rows: rows.map(({ _dlt_id, _dlt_load_id, ...row }) => row),
  };
}

it("widens integers to doubles when all that is stored are doubles, under an index too", async () => {
  const { changes, rows } = await twoLoads([1, 2 ** 53], "CREATE INDEX ON shop.orders (amount)", [1.5]);
  expect(changes).toEqual(["column-widened"]);
  expect(rows).toEqual([{ amount: 1 }, { amount: 1.5 }, { amount: 2 ** 53 }]);
});

it("takes a variant column when a stored integer would lose a digit", async () => {
  const { changes, rows } = await twoLoads([2n ** 53n + 1n], undefined, [1.5]);
  expect(changes).toEqual(["variant-added"]);
  expect(rows).toEqual([
    { amount: 2n ** 53n + 1n, amount__v_double: null },
    { amount: null, amount__v_double: 1.5 },
  ]);
});

it.each([
  ["a fraction", 1.5, "double"],
  ["an integer of 21 digits", 10n ** 20n, "decimal"],
])("takes a variant column for %s when a view stands on the column", async (_what, value, type) => {
  const view = "CREATE VIEW shop.amounts AS SELECT amount FROM shop.orders";
  const { changes, rows } = await twoLoads([1], view, [value]);
  expect(changes).toEqual(["variant-added"]);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual({ amount: 1, [`amount__v_${type}`]: null });
  expect(rows[1]?.["amount"]).toBe(null);
  expect(Number(rows[1]?.[`amount__v_${type}`])).toBe(Number(value));
});
