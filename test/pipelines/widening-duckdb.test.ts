import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { duckdb } from "@typeload/destination-duckdb";
import { plainDuckdb } from "./plain-duckdb.ts";
import { twoLoads } from "./two-loads.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-widening-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function loads(first: readonly unknown[], sql: string | undefined, second: readonly unknown[]) {
  const path = join(folder, "orders.duckdb");
  return twoLoads({
    destination: duckdb({ path }),
    workingDirectory: join(folder, "work"),
    first,
    between: async () => sql && (await plainDuckdb(path).query(sql)),
    second,
  });
}

it("widens integers to doubles when all that is stored are doubles", async () => {
  const { changes, rows } = await loads([1, 2 ** 53], undefined, [1.5]);
  expect(changes).toEqual(["column-widened"]);
  expect(rows).toEqual([{ amount: 1 }, { amount: 1.5 }, { amount: 2 ** 53 }]);
});

it("takes a variant column when a stored integer would lose a digit", async () => {
  const { changes, rows } = await loads([2n ** 53n + 1n], undefined, [1.5]);
  expect(changes).toEqual(["variant-added"]);
  expect(rows).toEqual([
    { amount: 2n ** 53n + 1n, amount__v_double: null },
    { amount: null, amount__v_double: 1.5 },
  ]);
});

it("takes a variant column when an index stands on the table, which DuckDB alters no column of", async () => {
  const { changes, rows } = await loads([1], "CREATE INDEX i ON shop.orders (amount)", [1.5]);
  expect(changes).toEqual(["variant-added"]);
  expect(rows).toEqual([
    { amount: 1, amount__v_double: null },
    { amount: null, amount__v_double: 1.5 },
  ]);
});
