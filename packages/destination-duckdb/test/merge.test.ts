import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it } from "vitest";
import { contact, contacts, contactTables, load, marks, open, rowsOf, temporaryFile } from "./trial.ts";
import type { Load, Row } from "./trial.ts";

const merge = { writeDisposition: { kind: "merge", strategy: "delete-insert" }, primaryKey: ["id"] } as const;
const keep = { ...merge, unchanged: "keep" } as const;

type Person = readonly [id: number, email: string, labels?: readonly string[]];

function people(loadId: string, given: readonly Person[], chain: Load["chain"]): Load {
  return {
    loadId,
    staged: contactTables(given.map(([id, email, labels]) => contact(loadId, id, email, labels))),
    chain,
  };
}

describe("merge", () => {
  it("lets the greatest ordinal of a key win, and only its children", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const staged = contactTables([
      contact("1.1", 1, "old", ["a", "b", "c"]),
      contact("1.1", 2, "two", ["q"]),
      contact("1.1", 1, "new", ["d"]),
    ]);
    const result = await load(session, { loadId: "1.1", staged, chain: merge });
    expect(result.tables).toEqual({
      contacts: { inserted: 2, updated: 0, unchanged: 0, deleted: 0 },
      contacts__tags: { inserted: 2, updated: 0, unchanged: 0, deleted: 0 },
    });
    expect((await rowsOf(session, "contacts")).map((row) => [row["id"], row["email"]])).toEqual([
      [1, "new"],
      [2, "two"],
    ]);
    expect((await rowsOf(session, "contacts__tags")).map((row) => row["value"])).toEqual(["d", "q"]);
  });

  it("rewrites rows whose key came again, and counts what became of children", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await load(
      session,
      people(
        "1.1",
        [
          [1, "a", ["x", "y"]],
          [2, "b", ["z"]],
          [3, "c", ["w"]],
        ],
        merge,
      ),
    );
    const result = await load(
      session,
      people(
        "1.2",
        [
          [1, "a", ["x"]],
          [2, "B", ["z", "zz"]],
          [4, "d"],
        ],
        merge,
      ),
    );
    expect(result.tables).toEqual({
      contacts: { inserted: 1, updated: 2, unchanged: 0, deleted: 0 },
      contacts__tags: { inserted: 1, updated: 2, unchanged: 0, deleted: 1 },
    });
    expect((await rowsOf(session, "contacts")).map((row) => [row["id"], row["email"], row["_dlt_load_id"]])).toEqual([
      [1, "a", "1.2"],
      [2, "B", "1.2"],
      [3, "c", "1.1"],
      [4, "d", "1.2"],
    ]);
    expect((await rowsOf(session, "contacts__tags")).map((row) => row["value"])).toEqual(["w", "x", "z", "zz"]);
  });

  it("keeps rows whose content and children are equal", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const before = [
      [1, "same", ["x"]],
      [2, "mail changes", ["x"]],
      [3, "tag changes", ["x"]],
      [4, "tag goes", ["x", "y"]],
      [5, "tag comes", []],
      [6, "all tags go", ["x"]],
      [7, "not in the second load", ["x"]],
    ] as const;
    await load(session, people("1.1", before, keep));
    const after = [
      [1, "same", ["x"]],
      [2, "mail has changed", ["x"]],
      [3, "tag changes", ["X"]],
      [4, "tag goes", ["x"]],
      [5, "tag comes", ["x"]],
      [6, "all tags go", []],
    ] as const;
    const result = await load(session, people("1.2", after, keep));
    expect(result.tables).toEqual({
      contacts: { inserted: 0, updated: 5, unchanged: 1, deleted: 0 },
      contacts__tags: { inserted: 1, updated: 3, unchanged: 1, deleted: 2 },
    });
    expect((await rowsOf(session, "contacts")).map((row) => [row["id"], row["_dlt_load_id"]])).toEqual([
      [1, "1.1"],
      [2, "1.2"],
      [3, "1.2"],
      [4, "1.2"],
      [5, "1.2"],
      [6, "1.2"],
      [7, "1.1"],
    ]);
    const again = await load(session, people("1.3", after, keep));
    expect(again.tables["contacts"]).toEqual({ inserted: 0, updated: 0, unchanged: 6, deleted: 0 });
    expect(again.tables["contacts__tags"]).toEqual({ inserted: 0, updated: 0, unchanged: 5, deleted: 0 });
  });

  it("sees null, empty text and text apart", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const row = (loadId: string, email: string | null): Row => ({
      id: 1,
      email,
      extra: null,
      _dlt_load_id: loadId,
      _dlt_id: "c1",
    });
    const counts = [];
    for (const [index, email] of [null, null, "", "", "x", null].entries()) {
      const loadId = `1.${index + 1}`;
      const result = await load(session, {
        loadId,
        staged: [{ table: contacts, rows: [row(loadId, email)] }],
        chain: keep,
      });
      counts.push(Object.entries(result.tables["contacts"] ?? {}).find(([, count]) => count > 0)?.[0]);
    }
    expect(counts).toEqual(["inserted", "unchanged", "updated", "unchanged", "updated", "updated"]);
  });

  it("cleans grandchildren of rewritten roots that this load has no rows for", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const mark = (index: number): Row => ({
      value: index,
      _dlt_root_id: "c1",
      _dlt_parent_id: "c1t0",
      _dlt_list_idx: index,
      _dlt_id: `m${index}`,
    });
    const first = people("1.1", [[1, "a", ["x"]]], keep);
    await load(session, {
      ...first,
      staged: [...first.staged, { table: marks, rows: [mark(0), mark(1)], ordinals: [1, 1] }],
    });
    const result = await load(session, { ...people("1.2", [[1, "a", ["x"]]], keep), others: [marks] });
    expect(result.tables).toEqual({
      contacts: { inserted: 0, updated: 1, unchanged: 0, deleted: 0 },
      contacts__tags: { inserted: 0, updated: 1, unchanged: 0, deleted: 0 },
      contacts__tags__marks: { inserted: 0, updated: 0, unchanged: 0, deleted: 2 },
    });
    expect(await rowsOf(session, "contacts__tags__marks")).toEqual([]);
  });

  it("by merge key replaces the group", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const chain = { ...merge, mergeKey: ["email"] };
    await load(
      session,
      people(
        "1.1",
        [
          [1, "monday", ["x"]],
          [2, "monday", ["y"]],
          [3, "tuesday", ["z"]],
        ],
        chain,
      ),
    );
    const result = await load(
      session,
      people(
        "1.2",
        [
          [2, "monday"],
          [4, "monday", ["n"]],
        ],
        chain,
      ),
    );
    expect(result.tables).toEqual({
      contacts: { inserted: 1, updated: 1, unchanged: 0, deleted: 1 },
      contacts__tags: { inserted: 1, updated: 0, unchanged: 0, deleted: 2 },
    });
    expect((await rowsOf(session, "contacts")).map((row) => row["id"])).toEqual([2, 3, 4]);
    expect((await rowsOf(session, "contacts__tags")).map((row) => row["value"])).toEqual(["n", "z"]);
  });

  it("without a key goes by the row id", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const chain = { ...keep, primaryKey: [] };
    await load(
      session,
      people(
        "1.1",
        [
          [1, "a"],
          [2, "b"],
        ],
        chain,
      ),
    );
    const result = await load(
      session,
      people(
        "1.2",
        [
          [1, "a"],
          [2, "B"],
          [3, "c"],
        ],
        chain,
      ),
    );
    expect(result.tables["contacts"]).toEqual({ inserted: 1, updated: 1, unchanged: 1, deleted: 0 });
  });

  it("by several key columns", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const chain = { ...merge, primaryKey: ["id", "email"] };
    await load(
      session,
      people(
        "1.1",
        [
          [1, "a"],
          [1, "b"],
        ].map(([id, email]) => [Number(id), String(email)] as const),
        chain,
      ),
    );
    const result = await load(
      session,
      people(
        "1.2",
        [
          [1, "b"],
          [1, "c"],
        ],
        chain,
      ),
    );
    expect(result.tables["contacts"]).toEqual({ inserted: 1, updated: 1, unchanged: 0, deleted: 0 });
    expect((await rowsOf(session, "contacts", "email")).map((row) => [row["email"], row["_dlt_load_id"]])).toEqual([
      ["a", "1.1"],
      ["b", "1.2"],
      ["c", "1.2"],
    ]);
  });

  it("by scd2 that does not say how versions are told apart is refused", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const chain = { ...merge, writeDisposition: { kind: "merge", strategy: "scd2" } } as const;
    await expect(load(session, people("1.1", [[1, "a"]], chain))).rejects.toThrow(
      "does not say by which column its versions are told apart",
    );
  });
});
