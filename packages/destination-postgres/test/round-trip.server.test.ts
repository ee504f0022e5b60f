import type { Column, DataType, Table } from "@typeload/core";
import { typedBatch } from "@typeload/core/testing";
import type { CellInput } from "@typeload/core/testing";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyIn } from "../src/postgres-bulk-load.ts";
import { rowTypes } from "../src/postgres-row-types.ts";
import { postgresType } from "../src/postgres-types.ts";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";

const signal = new AbortController().signal;
let server: PostgresServer;
let client: Client;

beforeAll(async () => {
  server = await startPostgresServer();
  client = new Client(server.url());
  await client.connect();
  await client.query("SET TIME ZONE 'UTC'");
});

afterAll(async () => {
  await client?.end();
  await server?.[Symbol.asyncDispose]();
});

const long = "é".repeat(600_000);
const cases: readonly (readonly [type: DataType, value: CellInput, expected: unknown])[] = [
  ["bigint", 2n ** 63n - 1n, 2n ** 63n - 1n],
  ["bigint", -(2n ** 63n), -(2n ** 63n)],
  ["bigint", 5, 5],
  ["decimal", "12345678901234567890123456789.123456789", "12345678901234567890123456789.123456789"],
  ["decimal", "-0.000000001", "-0.000000001"],
  ["wei", 10n ** 77n, `1${"0".repeat(77)}.${"0".repeat(78)}`],
  ["double", 5e-324, 5e-324],
  ["double", 0.1, 0.1],
  ["bool", false, false],
  ["timestamp", "0001-01-01T00:00:00.000001Z", "0001-01-01T00:00:00.000001Z"],
  ["timestamp", "9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"],
  ["timestamp", "2300-01-01T00:00:00Z", "2300-01-01T00:00:00Z"],
  ["date", "0001-01-01", "0001-01-01"],
  ["date", "9999-12-31", "9999-12-31"],
  ["time", "23:59:59.999999", "23:59:59.999999"],
  ["time", "03:04:05.5", "03:04:05.500000"],
  ["binary", Uint8Array.of(0, 1, 255, 0), Uint8Array.of(0, 1, 255, 0)],
  ["json", '{"b": [1, 1.50], "a": "x\\u0000"}', '{"a": "x\uFFFD", "b": [1, 1.50]}'],
  ["text", "a\0b", "a\uFFFDb"],
  ["text", long, long],
  ["text", null, null],
];

test("every type comes back from COPY BINARY exactly", async () => {
  const columns = cases.map(([dataType], index): Column => ({ name: `c${index}`, dataType }));
  const table: Table = { name: "all_types", columns };
  const definitions = columns.map((column) => `${column.name} ${postgresType(column)}`).join(", ");
  await client.query(`CREATE TABLE all_types (${definitions}, o bigint, p bigint)`);
  const batch = typedBatch(table, [Object.fromEntries(cases.map(([, value], index) => [`c${index}`, value]))]);
  const request = { table: { name: "all_types" }, columns, ordinalColumn: "o", partColumn: "p", part: 3 };
  const batches = (async function* () {
    yield batch;
  })();
  expect(await copyIn(client, request, batches, signal)).toEqual({
    rows: 1,
    altered: columns
      .filter(({ dataType }, index) => dataType === "json" || cases[index]?.[1] === "a\0b")
      .map(({ name }) => ({ column: name, cells: 1, how: expect.stringContaining("U+FFFD") as string })),
  });
  const { rows } = await client.query({ text: "SELECT * FROM all_types", types: rowTypes });
  const expected = Object.fromEntries(cases.map(([, , value], index) => [`c${index}`, value]));
  expect(rows).toEqual([{ ...expected, o: 1, p: 3 }]);
});
