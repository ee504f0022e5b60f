import { inspect } from "node:util";
import type { Table } from "@typeload/core";
import { postgres } from "@typeload/destination-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { contact, contacts, failureOf, load, open } from "./trial.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

const secret = "hunter2@example.com";

/** A database with a table of contacts, changed by its owner. */
async function changed(statement: string): Promise<string> {
  const url = await server.createDatabase();
  await using session = await open(postgres(url));
  await load(session, "1.1", contacts, [contact("1.1", 1, secret)]);
  const client = new Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
  return url;
}

describe("an error of the server shows no row, nor does its cause", () => {
  it.each([
    ["a value that is there", "CREATE UNIQUE INDEX once ON ds.contacts (email)", "postgres_23505", "constraint once"],
    ["a check", `ALTER TABLE ds.contacts ADD CONSTRAINT plain CHECK (id < 2)`, "postgres_23514", "constraint plain"],
    [
      "a text that is too long for an expression",
      "CREATE INDEX ON ds.contacts (((email || substr('x', 1, id::int - 2))::integer)) WHERE id > 1",
      "postgres_22p02",
      "invalid input syntax",
    ],
  ])("%s", async (_title, statement, code, told) => {
    await using session = await open(postgres(await changed(statement)));
    const error = await failureOf(load(session, "1.2", contacts, [contact("1.2", 2, secret)]));
    expect(error).toMatchObject({ code });
    expect(error.message).toContain(told);
    expect(error.cause).toMatchObject({ severity: "ERROR" });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("hunter2");
  });

  it("a row that COPY refuses", async () => {
    const short: Table = { name: "short", columns: [{ name: "word", dataType: "text", precision: 3 }] };
    await using session = await open(postgres(await server.createDatabase()));
    const error = await failureOf(load(session, "1.1", short, [{ word: secret }]));
    expect(error).toMatchObject({ code: "value_out_of_range" });
    expect(error.message).toMatch(/copying rows into .*: value too long for type character varying\(3\)\. A text is/);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("hunter2");
  });
});

describe("a query that fails", () => {
  it.each([
    "SELECT * FROM missing WHERE token = 'hunter2'",
    "SELECT 'hunter2'::integer",
    "SELECT $$hunter2$$::integer",
    "SELECT /* hunter2 */ * FROM missing",
    "SELECT E'hunter2' FROM missing",
  ])("%s: nothing of its values is repeated", async (statement) => {
    await using session = await open(postgres(await server.createDatabase()), "read");
    const error = await failureOf(session.query(statement));
    expect(error.message).toMatch(/^Postgres \(.*\), SELECT/);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("hunter2");
  });

  it("says that it is several", async () => {
    await using session = await open(postgres(await server.createDatabase()), "read");
    expect(await failureOf(session.query("SELECT 1 AS a; SELECT 2 AS a"))).toMatchObject({
      code: "several_statements",
    });
    expect(await session.query("SELECT 3 AS a;")).toEqual([{ a: 3 }]);
  });
});
