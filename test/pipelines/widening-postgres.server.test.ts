import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { postgres } from "@typeload/destination-postgres";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import type { PostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { plainPostgres } from "./plain-postgres.ts";
import { twoLoads } from "./two-loads.ts";

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

async function loads(first: readonly unknown[], sql: string | undefined, second: readonly unknown[]) {
  const url = await server.createDatabase();
  return await twoLoads({
    destination: postgres(url),
    workingDirectory: join(folder, new URL(url).pathname),
    first,
    between: async () => sql && (await plainPostgres(url).query(sql)),
    second,
  });
}

it("widens integers to doubles when all that is stored are doubles, under an index too", async () => {
  const { changes, rows } = await loads([1, 2 ** 53], "CREATE INDEX ON shop.orders (amount)", [1.5]);
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

it.each([
  ["a fraction", 1.5, "double"],
  ["an integer of 21 digits", 10n ** 20n, "decimal"],
])("takes a variant column for %s when a view stands on the column", async (_what, value, type) => {
  const view = "CREATE VIEW shop.amounts AS SELECT amount FROM shop.orders";
  const { changes, rows } = await loads([1], view, [value]);
  expect(changes).toEqual(["variant-added"]);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual({ amount: 1, [`amount__v_${type}`]: null });
  expect(rows[1]?.["amount"]).toBe(null);
  expect(Number(rows[1]?.[`amount__v_${type}`])).toBe(Number(value));
});
