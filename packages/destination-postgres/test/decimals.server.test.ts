import type { Column, Table } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { failureOf, load, open, prepare } from "./trial.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

const tableOf = (column: Omit<Column, "name">): Table => ({ name: "sums", columns: [{ name: "n", ...column }] });

async function stored(column: Omit<Column, "name">, value: string): Promise<unknown> {
  await using session = await open(postgres(await server.createDatabase()));
  await load(session, "1.1", tableOf(column), [{ n: value }]);
  await prepare(session, tableOf(column)); // what was made is what is wanted
  const [row] = await session.query("SELECT n FROM ds.sums");
  return row?.["n"];
}

describe("a decimal is stored digit by digit, or refused", () => {
  it.each<[string, Omit<Column, "name">, string, string]>([
    ["a precision alone", { dataType: "decimal", precision: 20 }, "1.5", "1.500000000"],
    ["a precision below nine", { dataType: "decimal", precision: 4 }, "0.1234", "0.1234"],
    [
      "a scale of none",
      { dataType: "decimal", precision: 20, scale: 0 },
      "12345678901234567890",
      "12345678901234567890",
    ],
    ["zeros beyond the scale", { dataType: "decimal", precision: 10, scale: 2 }, "1.25000", "1.25"],
    ["wei with a precision", { dataType: "wei", precision: 20 }, "7", `7.${"0".repeat(78)}`],
  ])("%s", async (_title, column, value, expected) => {
    expect(await stored(column, value)).toBe(expected);
  });

  it.each<[string, Omit<Column, "name">, string]>([
    ["more places than hinted", { dataType: "decimal", precision: 10, scale: 2 }, "1.239"],
    ["more places than nine", { dataType: "decimal" }, "1.1234567891"],
    ["more digits before the point", { dataType: "decimal", precision: 10, scale: 2 }, "123456789.5"],
  ])("%s", async (_title, column, value) => {
    const error = await failureOf(stored(column, value));
    expect(error).toMatchObject({ code: "value_out_of_range", retryable: false });
    expect(error.message).not.toContain(value);
  });

  it("is not rounded by a column that someone made with fewer places and more digits", async () => {
    await using session = await open(postgres(await server.createDatabase()));
    const whole = tableOf({ dataType: "decimal", precision: 30, scale: 0 });
    await load(session, "1.1", whole, [{ n: "5" }]);
    const error = await failureOf(
      load(session, "1.2", tableOf({ dataType: "decimal", precision: 20 }), [{ n: "1.5" }]),
    );
    expect(error).toMatchObject({ code: "unsupported" });
    expect(error.message).toContain("ds.sums.n");
    expect(await session.query("SELECT n FROM ds.sums")).toEqual([{ n: "5" }]);
  });

  it("goes into a numeric without digits as it is", async () => {
    const url = await server.createDatabase();
    await using session = await open(postgres(url));
    await session.query("CREATE SCHEMA ds");
    await session.query("CREATE TABLE ds.sums (n numeric)");
    await load(session, "1.1", tableOf({ dataType: "decimal" }), [{ n: "1.123456789" }]);
    expect(await session.query("SELECT n FROM ds.sums")).toEqual([{ n: "1.123456789" }]);
  });
});
