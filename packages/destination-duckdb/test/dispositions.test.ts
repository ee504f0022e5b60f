import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it } from "vitest";
import { contact, contacts, contactTables, load, open, rowsOf, tags, temporaryFile } from "./trial.ts";
import type { Load } from "./trial.ts";

type Person = readonly [id: number, email: string, labels?: readonly string[]];

function people(loadId: string, given: readonly Person[], chain: Load["chain"]): Load {
  return {
    loadId,
    staged: contactTables(given.map(([id, email, labels]) => contact(loadId, id, email, labels))),
    chain,
  };
}

describe("append", () => {
  it("adds rows and counts them, root and children", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await load(session, people("1.1", [[1, "a", ["x", "y"]]], {}));
    const result = await load(
      session,
      people(
        "1.2",
        [
          [2, "b", ["z"]],
          [3, "c"],
        ],
        {},
      ),
    );
    expect(result).toEqual({
      alreadyCommitted: false,
      tables: {
        contacts: { inserted: 2, updated: 0, unchanged: 0, deleted: 0 },
        contacts__tags: { inserted: 1, updated: 0, unchanged: 0, deleted: 0 },
      },
    });
    expect(await rowsOf(session, "contacts")).toEqual([
      { id: 1, email: "a", extra: '{"k":1}', _dlt_load_id: "1.1", _dlt_id: "c1" },
      { id: 2, email: "b", extra: '{"k":2}', _dlt_load_id: "1.2", _dlt_id: "c2" },
      { id: 3, email: "c", extra: '{"k":3}', _dlt_load_id: "1.2", _dlt_id: "c3" },
    ]);
    expect((await rowsOf(session, "contacts__tags")).map((row) => [row["value"], row["_dlt_parent_id"]])).toEqual([
      ["x", "c1"],
      ["y", "c1"],
      ["z", "c2"],
    ]);
  });
});

describe("replace", () => {
  it("replaces the whole chain, also child tables that got nothing", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const replace = { writeDisposition: { kind: "replace" } } as const;
    await load(
      session,
      people(
        "1.1",
        [
          [1, "a", ["x", "y"]],
          [2, "b"],
        ],
        replace,
      ),
    );
    const result = await load(session, {
      loadId: "1.2",
      staged: [{ table: contacts, rows: [contact("1.2", 9, "new").root] }],
      others: [tags],
      chain: replace,
    });
    expect(result.tables).toEqual({
      contacts: { inserted: 1, updated: 0, unchanged: 0, deleted: 2 },
      contacts__tags: { inserted: 0, updated: 0, unchanged: 0, deleted: 2 },
    });
    expect((await rowsOf(session, "contacts")).map((row) => row["id"])).toEqual([9]);
    expect(await rowsOf(session, "contacts__tags")).toEqual([]);
  });

  it("by nothing empties the tables", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const replace = { writeDisposition: { kind: "replace" } } as const;
    await load(session, people("1.1", [[1, "a", ["x"]]], replace));
    const result = await load(session, {
      loadId: "1.2",
      staged: [{ table: contacts, rows: [] }],
      others: [tags],
      chain: replace,
    });
    expect(result.tables["contacts"]).toEqual({ inserted: 0, updated: 0, unchanged: 0, deleted: 1 });
    expect(await rowsOf(session, "contacts")).toEqual([]);
    expect(await rowsOf(session, "contacts__tags")).toEqual([]);
  });
});
