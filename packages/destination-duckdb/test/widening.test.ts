import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { DuckDBInstance } from "@duckdb/node-api";
import { createPipeline, defineResource, defineSource } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-widening-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Loads amounts; between the two loads the user does something to the table. */
async function twoLoads(first: readonly unknown[], sql: string | undefined, second: readonly unknown[]) {
  const path = join(folder, "orders.duckdb");
  const pipeline = createPipeline({
    name: "p",
    destination: duckdb({ path }),
    dataset: "shop",
    workingDirectory: join(folder, "work"),
  });
  const load = (amounts: readonly unknown[]) => {
    const orders = defineResource({ name: "orders", read: () => [amounts.map((amount) => ({ amount }))] });
    return pipeline.run(defineSource({ name: "shop", resources: [orders] }));
  };
  await load(first);
  if (sql !== undefined) {
    const instance = await DuckDBInstance.create(path);
    const connection = await instance.connect();
    await connection.run(sql);
    connection.closeSync();
    instance.closeSync();
  }
  const report = await load(second);
  const rows = await pipeline.query("SELECT * FROM shop.orders ORDER BY amount NULLS LAST");
  return {
    changes: report.schemaChanges.map(({ kind }) => kind),
    rows: rows.map(({ _dlt_id, _dlt_load_id, ...row }) => row),
  };
}

it("widens integers to doubles when all that is stored are doubles", async () => {
  const { changes, rows } = await twoLoads([1, 2 ** 53], undefined, [1.5]);
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

it("takes a variant column when an index stands on the table, which DuckDB alters no column of", async () => {
  const { changes, rows } = await twoLoads([1], "CREATE INDEX i ON shop.orders (amount)", [1.5]);
  expect(changes).toEqual(["variant-added"]);
  expect(rows).toEqual([
    { amount: 1, amount__v_double: null },
    { amount: null, amount__v_double: 1.5 },
  ]);
});
