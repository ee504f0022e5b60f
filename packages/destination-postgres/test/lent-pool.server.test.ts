import { postgres } from "@typeload/destination-postgres";
import { Pool } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { claim, commitOf, contact, contacts, failureOf, load, open, prepare, signal, stage } from "./trial.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** All settings of the pool's one connection, and which connection it is. */
async function settings(pool: Pool): Promise<unknown> {
  const { rows } = await pool.query(
    "SELECT pg_backend_pid() AS pid, json_object_agg(name, setting) AS all FROM pg_settings",
  );
  return rows;
}

describe("a pool that was lent", () => {
  it.each(["load", "read"] as const)("gets its connection back as it was, after a session to %s", async (purpose) => {
    await using pool = disposable(new Pool({ connectionString: await server.createDatabase(), max: 1 }));
    await pool.query(
      "SET statement_timeout = 12345; SET lock_timeout = 54321; SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German'; SET bytea_output = 'escape'; " +
        "SET extra_float_digits = 0; SET synchronous_commit = off; SET client_min_messages = error; SET search_path = pg_catalog",
    );
    const before = await settings(pool);
    {
      await using session = await open(postgres({ pool }), purpose);
      if (purpose === "load") await load(session, "1.1", contacts, [contact("1.1", 1, "a")]);
      expect(await workingSettings(session)).toEqual([{ zone: "UTC", readOnly: purpose === "read" ? "on" : "off" }]);
    }
    expect(await settings(pool)).toEqual(before);
  });

  it("hears that a commit was rolled back by the server", async () => {
    await using pool = disposable(new Pool({ connectionString: await server.createDatabase() }));
    let armed = false;
    // What the server does with a transaction in which a statement failed unseen: it answers COMMIT with ROLLBACK.
    pool.on("connect", (client) => {
      const query = client.query.bind(client) as (...given: unknown[]) => unknown; // passed through as it came
      const failing = (text: unknown, ...more: unknown[]): unknown =>
        query(armed && text === "COMMIT" ? "ROLLBACK" : text, ...more);
      Object.assign(client, { query: failing });
    });
    await using session = await open(postgres({ pool }));
    const lease = await claim(session);
    await prepare(session, contacts);
    await stage(session, "1.1", contacts, [contact("1.1", 1, "a")]);
    armed = true;
    const error = await failureOf(session.commit(commitOf(lease, "1.1", contacts, 1), signal));
    expect(error).toMatchObject({ code: "rolled_back", retryable: true });
    armed = false;
    expect(await session.query("SELECT id FROM ds.contacts")).toEqual([]);
    await session.commit(commitOf(lease, "1.1", contacts, 1), signal);
    expect(await session.query("SELECT id FROM ds.contacts")).toEqual([{ id: 1 }]);
  });
});

it("a reading session may not write, by no statement", async () => {
  const url = await server.createDatabase();
  await using session = await open(postgres(url), "read");
  for (const statement of ["CREATE SCHEMA x", "CREATE TABLE public.x ()", "SELECT lo_create(0)"]) {
    expect(await failureOf(session.query(statement))).toMatchObject({ code: "read_only" });
  }
});

function workingSettings(session: Awaited<ReturnType<typeof open>>) {
  return session.query(
    `SELECT current_setting('TimeZone') AS zone, current_setting('default_transaction_read_only') AS "readOnly"`,
  );
}

function disposable(pool: Pool): Pool & AsyncDisposable {
  return Object.assign(pool, { [Symbol.asyncDispose]: () => pool.end() });
}
