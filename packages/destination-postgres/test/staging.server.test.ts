import { setTimeout as wait } from "node:timers/promises";
import { createPipeline } from "@typeload/core";
import type { RowBatch, Table } from "@typeload/core";
import { typedBatch } from "@typeload/core/testing";
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

/** A pool that writes down what is sent through it. */
function listeningPool(connectionString: string) {
  const sent: string[] = [];
  const pool = new Pool({ connectionString });
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown; // passed through as it came
    const listening = (first: { text: string } | string, ...more: unknown[]): unknown => {
      sent.push(typeof first === "string" ? first : first.text);
      return query(first, ...more);
    };
    Object.assign(client, { query: listening });
  });
  return { pool, sent, [Symbol.asyncDispose]: () => pool.end() };
}

describe("staging", () => {
  it("begins in two sessions at once", async () => {
    const destination = postgres(await server.createDatabase());
    await using one = await open(destination);
    await using other = await open(destination);
    await claim(one, "one");
    await claim(other, "other");
    const gate = Promise.withResolvers<void>();
    async function* batches(loadId: string): AsyncGenerator<RowBatch> {
      await gate.promise;
      yield typedBatch(contacts, [contact(loadId, 1, "a")]);
    }
    const parts = [one, other].map((session, index) =>
      session.stage({ loadId: `1.${index}`, table: contacts, tableVersion: 1, part: 0 }, batches(`1.${index}`), signal),
    );
    await wait(200); // both transactions are open
    gate.resolve();
    expect(await Promise.all(parts)).toEqual([{ rows: 1 }, { rows: 1 }]);
  });

  it("sends the same three statements for each part after the first, however many columns there are", async () => {
    const table: Table = {
      name: "wide",
      columns: Array.from({ length: 40 }, (_, index) => ({ name: `c${index}`, dataType: "text" })),
    };
    await using listening = listeningPool(await server.createDatabase());
    await using session = await open(postgres({ pool: listening.pool }));
    await claim(session);
    await stage(session, "1.1", table, [{ c0: "x" }]);
    for (const part of [1, 2, 3]) {
      listening.sent.length = 0;
      await stage(session, "1.1", table, [{ c0: "x" }], part);
      expect(listening.sent.map((text) => text.split(" ")[0])).toEqual(["BEGIN", "COPY", "COMMIT"]);
    }
  });

  it("replaces a part, also one that an earlier session left, and takes columns that came later", async () => {
    const destination = postgres(await server.createDatabase());
    const narrow = { ...contacts, columns: contacts.columns.filter(({ name }) => name !== "email") };
    const people = [contact("1.1", 1, "a"), contact("1.1", 2, "b")];
    const lease = await (async () => {
      await using before = await open(destination);
      const claimed = await claim(before);
      await stage(
        before,
        "1.1",
        narrow,
        [contact("1.1", 9, "gone")].map(({ email: _email, ...row }) => row),
      );
      return claimed;
    })();
    await using session = await open(destination);
    await prepare(session, contacts);
    await stage(session, "1.1", contacts, people.slice(0, 1), 1);
    await stage(session, "1.1", contacts, people.slice(1), 0);
    await stage(session, "1.1", contacts, people.slice(0, 1), 1);
    await session.commit(commitOf(lease, "1.1", contacts, 2), signal);
    expect(await session.query("SELECT id, email FROM ds.contacts ORDER BY id")).toEqual([
      { id: 1, email: "a" },
      { id: 2, email: "b" },
    ]);
  });

  it("goes on after a discard in the same session", async () => {
    await using session = await open(postgres(await server.createDatabase()));
    const lease = await claim(session);
    await prepare(session, contacts);
    await stage(session, "1.1", contacts, [contact("1.1", 1, "a")]);
    await session.discard("1.1", signal);
    await stage(session, "1.1", contacts, [contact("1.1", 2, "b")]);
    await session.commit(commitOf(lease, "1.1", contacts, 1), signal);
    expect(await session.query("SELECT id FROM ds.contacts")).toEqual([{ id: 2 }]);
  });

  it("drops what a killed run left, once no other pipeline runs", async () => {
    const destination = postgres(await server.createDatabase());
    const left = async (): Promise<number> => {
      await using reading = await open(destination, "read");
      const [row] = await reading.query("SELECT count(*) AS n FROM pg_tables WHERE schemaname = 'ds_staging'");
      return Number(row?.["n"]);
    };
    await using session = await open(destination);
    await claim(session, "dead");
    await stage(session, "1.1", contacts, [contact("1.1", 1, "a")]);
    await claim(session, "other");
    expect(await left()).toBe(1);
    await session.release({ pipeline: "dead", token: "dead", ttlSeconds: 600 }, signal);
    await session.release({ pipeline: "other", token: "other", ttlSeconds: 600 }, signal);
    await claim(session, "next");
    expect(await left()).toBe(0);
  });
});

describe("a source of batches", () => {
  const batch = typedBatch(contacts, [contact("1.1", 1, "a")]);
  const part = { loadId: "1.1", table: contacts, tableVersion: 1, part: 0 };

  it("that throws is heard as it is, and the session goes on", async () => {
    await using session = await open(postgres(await server.createDatabase()));
    await claim(session);
    const boom = new Error("boom");
    const failing = (async function* () {
      yield batch;
      throw boom;
    })();
    expect(await failureOf(session.stage(part, failing, signal))).toBe(boom);
    expect(await stage(session, "1.1", contacts, [contact("1.1", 1, "a")])).toMatchObject({ rows: 1 });
  });

  it("that hangs is left when the caller aborts, and the session goes on", async () => {
    await using session = await open(postgres(await server.createDatabase()));
    await claim(session);
    const aborting = new AbortController();
    const hanging = (async function* () {
      yield batch;
      setTimeout(() => aborting.abort(), 50);
      await new Promise(() => {});
    })();
    const begun = performance.now();
    expect(await failureOf(session.stage(part, hanging, aborting.signal))).toMatchObject({ code: "aborted" });
    expect(performance.now() - begun).toBeLessThan(5000);
    expect(await stage(session, "1.1", contacts, [contact("1.1", 1, "a")])).toMatchObject({ rows: 1 });
  });
});

describe("a long name of a dataset", () => {
  it.each([54, 55, 63])("of %i bytes has staging of its own", async (length) => {
    const dataset = "d".repeat(length);
    await using session = await open(postgres(await server.createDatabase()), "load", dataset);
    await claim(session);
    await prepare(session, contacts);
    await stage(session, "1.1", contacts, [contact("1.1", 1, "a")]);
    const schemas = await session.query("SELECT schemaname FROM pg_tables WHERE tablename LIKE 'tl\\_%'");
    expect(schemas).toHaveLength(1);
    expect(schemas[0]?.["schemaname"]).not.toBe(dataset);
    await load(session, "1.2", contacts, [contact("1.2", 2, "b")]);
    await session.drop(signal);
    expect(await session.query("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'd%'")).toEqual([]);
  });

  it("of more than 63 bytes is refused by the destination, and shortened by a pipeline", async () => {
    const destination = postgres(await server.createDatabase());
    const long = `d${"٣".repeat(40)}`; // Arabic digits: two bytes each
    expect(await failureOf(open(destination, "read", long))).toMatchObject({ code: "configuration" });
    const pipeline = createPipeline({ name: "long", destination, dataset: long, workingDirectory: "unused" });
    expect(Buffer.byteLength(pipeline.dataset)).toBeLessThanOrEqual(63);
  });
});
