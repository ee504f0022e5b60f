import { type DestinationSession, storeSchema, type Table, type TableChain } from "@typeload/core";
import { fakeClock, memoryDestination, typedBatch } from "@typeload/core/testing";
import { describe, expect, it } from "vitest";

// What every destination has to do is held by the conformance suite; here is what is memory's own.

const signal = new AbortController().signal;
const table: Table = {
  name: 'odd "name"',
  resource: "odd",
  columns: [
    { name: "id", dataType: "bigint" },
    { name: "__proto__", dataType: "text" },
    { name: "bytes", dataType: "binary" },
  ],
};
const { schema, text } = storeSchema({ name: "s", version: 0, tables: { [table.name]: table } });

async function loaded(session: DestinationSession, chain: Partial<TableChain> = {}): Promise<void> {
  const lease = await session.claim(
    { pipeline: "p", token: "t", holder: "h", ttlSeconds: 60, takeOver: false },
    signal,
  );
  await session.prepare({ schema, tables: [table.name] }, signal);
  const rows = [{ id: 1n, ["__proto__"]: "a", bytes: new Uint8Array([1]) }, { id: 9007199254740993n }];
  await session.stage({ loadId: "1.5", table, tableVersion: 1, part: 0 }, [typedBatch(table, rows)], signal);
  const staged = { table, versions: [{ tableVersion: 1, table, rows: 2 }] };
  await session.commit(
    {
      loadId: "1.5",
      runId: "r",
      pipeline: "p",
      lease,
      schema,
      storedSchema: text,
      chains: [
        {
          resource: "odd",
          writeDisposition: { kind: "append" },
          unchanged: "rewrite",
          primaryKey: [],
          mergeKey: [],
          tables: [staged],
          ...chain,
        },
      ],
      partitions: [],
      completeness: [],
      committedAt: "2026-01-01T00:00:00Z",
    },
    signal,
  );
}

describe("memoryDestination", () => {
  it("answers SELECT * FROM a table, and nothing else", async () => {
    await using session = await memoryDestination().open({ dataset: "d", purpose: "load", signal });
    await loaded(session);
    const rows = await session.query('select *  from "odd ""name"""; ');
    expect(rows.map((row) => Object.entries(row))).toEqual([
      [
        ["id", 1],
        ["__proto__", "a"],
        ["bytes", new Uint8Array([1])],
      ],
      [
        ["id", 9007199254740993n],
        ["__proto__", null],
        ["bytes", null],
      ],
    ]);
    expect(await session.query("SELECT * FROM _dlt_loads")).toHaveLength(1);
    for (const statement of ['SELECT id FROM "odd"', 'SELECT * FROM "a" WHERE 1 = 1', 'DROP TABLE "a"', ""])
      await expect(session.query(statement)).rejects.toMatchObject({ code: "query_unsupported" });
    await expect(session.query('SELECT * FROM "nobody"')).rejects.toMatchObject({ code: "unknown_table" });
  });

  it("shows its datasets to every session of one destination, and to no other", async () => {
    const destination = memoryDestination();
    {
      await using session = await destination.open({ dataset: "d", purpose: "load", signal });
      await loaded(session);
    }
    const request = { pipeline: "p", schemaName: "s", loadIds: [], resources: [] };
    const read = async (from: ReturnType<typeof memoryDestination>, dataset: string): Promise<boolean> => {
      await using session = await from.open({ dataset, purpose: "read", signal });
      return (await session.read(request, signal)).exists;
    };
    expect([await read(destination, "d"), await read(destination, "e"), await read(memoryDestination(), "d")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("refuses what it does not do", async () => {
    await using session = await memoryDestination().open({ dataset: "d", purpose: "load", signal });
    await expect(loaded(session, { writeDisposition: { kind: "merge", strategy: "scd2" } })).rejects.toMatchObject({
      code: "unsupported",
    });
    await session[Symbol.asyncDispose]();
    await expect(session.query('SELECT * FROM "a"')).rejects.toMatchObject({ code: "session_closed" });
  });

  it("tells the end of a lease by the clock it is given", async () => {
    const clock = fakeClock();
    await using session = await memoryDestination({ clock }).open({ dataset: "d", purpose: "load", signal });
    const claim = { pipeline: "p", holder: "h", ttlSeconds: 60, takeOver: false };
    await session.claim({ ...claim, token: "first" }, signal);
    clock.advance(59_999);
    await expect(session.claim({ ...claim, token: "second" }, signal)).rejects.toMatchObject({
      code: "lease_held",
      expiresAt: "2026-01-01T00:01:00.000000Z",
    });
    clock.advance(1);
    await expect(session.claim({ ...claim, token: "second" }, signal)).resolves.toMatchObject({ token: "second" });
  });
});
