import { setTimeout as wait } from "node:timers/promises";
import { postgres } from "@typeload/destination-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { claim, commitOf, contact, contacts, failureOf, load, merge, open, prepare, signal, stage } from "./trial.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** A database with a table of contacts, and somebody who locks tables of it. */
async function locked(table: string) {
  const url = await server.createDatabase();
  {
    await using session = await open(postgres(url));
    await load(session, "1.0", contacts, [contact("1.0", 9, "z")]);
  }
  const client = new Client(url);
  await client.connect();
  await client.query("BEGIN");
  await client.query(`LOCK TABLE ds.${table} IN EXCLUSIVE MODE`); // reading stays possible
  return { url, unlock: () => client.query("COMMIT"), [Symbol.asyncDispose]: () => client.end() };
}

describe("two pipelines that commit to one dataset at once", () => {
  it("do so one after the other, however short the lockTimeout of the second", async () => {
    await using somebody = await locked("_dlt_loads"); // the last table a commit writes
    await using one = await open(postgres(somebody.url));
    await using other = await open(postgres({ url: somebody.url, lockTimeout: 0.3 }));
    const leases = [await claim(one, "one"), await claim(other, "other")] as const;
    await prepare(one, contacts);
    await stage(one, "1.1", contacts, [{ ...contact("1.1", 1, "one"), _dlt_id: "one" }]);
    await stage(other, "1.2", contacts, [{ ...contact("1.2", 1, "other"), _dlt_id: "other" }]);
    const first = one.commit(commitOf(leases[0], "1.1", contacts, 1, merge), signal);
    await wait(300);
    const second = other.commit(commitOf(leases[1], "1.2", contacts, 1, merge), signal);
    await wait(900);
    await somebody.unlock();
    const counts = (await Promise.all([first, second])).map(({ tables }) => tables["contacts"]);
    expect(counts).toMatchObject([
      { inserted: 1, updated: 0 },
      { inserted: 0, updated: 1 },
    ]);
    const rows = await one.query("SELECT email FROM ds.contacts WHERE id = 1");
    expect(rows).toEqual([{ email: "other" }]);
  });
});

describe("a bound on waiting", () => {
  it("lockTimeout: a commit gives up on a table that somebody else locked, and the next one succeeds", async () => {
    await using somebody = await locked("contacts");
    await using session = await open(postgres({ url: somebody.url, lockTimeout: 0.3 }));
    const lease = await claim(session);
    await stage(session, "1.1", contacts, [contact("1.1", 1, "a")]);
    const begun = performance.now();
    const error = await failureOf(session.commit(commitOf(lease, "1.1", contacts, 1), signal));
    expect(error).toMatchObject({ code: "lock_timeout", retryable: true });
    expect(performance.now() - begun).toBeLessThan(5000);
    await somebody.unlock();
    await session.commit(commitOf(lease, "1.1", contacts, 1), signal);
    expect(await session.query("SELECT id FROM ds.contacts ORDER BY id")).toEqual([{ id: 1 }, { id: 9 }]);
  });

  it("statementTimeout: a statement is cancelled by the server", async () => {
    await using session = await open(postgres({ url: server.url(), statementTimeout: 0.2 }), "read");
    const error = await failureOf(session.query("SELECT pg_sleep(10)"));
    expect(error).toMatchObject({ code: "statement_timeout", retryable: true });
  });

  it("abort: the server is told to cancel, and the session can go on", async () => {
    await using session = await open(postgres(server.url()), "read");
    const begun = performance.now();
    const error = await failureOf(session.query("SELECT pg_sleep(30)", AbortSignal.timeout(200)));
    expect(error).toMatchObject({ code: "aborted" });
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(await session.query("SELECT 1 AS one")).toEqual([{ one: 1 }]);
    const [running] = await session.query(
      "SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(30)%'",
    );
    expect(running).toEqual({ n: 0 });
  });
});
