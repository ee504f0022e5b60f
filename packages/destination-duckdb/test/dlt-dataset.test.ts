import type { DestinationSession, Table } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it } from "vitest";
import { contact, contactTables, contacts, load, marks, open, rowsOf, signal, tags, temporaryFile } from "./trial.ts";
import type { Row } from "./trial.ts";

const merge = {
  writeDisposition: { kind: "merge", strategy: "delete-insert" },
  primaryKey: ["id"],
  unchanged: "keep",
} as const;

/** The statements that dlt 1.31 sends to an empty dataset, and rows with its random ids. */
const system = [
  `CREATE SCHEMA "ds"`,
  `CREATE TABLE IF NOT EXISTS "ds"."_dlt_version" ("version" BIGINT  NOT NULL,"engine_version" BIGINT  NOT NULL,"inserted_at" TIMESTAMP WITH TIME ZONE  NOT NULL,"schema_name" VARCHAR  NOT NULL,"version_hash" VARCHAR  NOT NULL,"schema" VARCHAR  NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS "ds"."_dlt_loads" ("load_id" VARCHAR  NOT NULL,"schema_name" VARCHAR  ,"status" BIGINT  NOT NULL,"inserted_at" TIMESTAMP WITH TIME ZONE  NOT NULL,"schema_version_hash" VARCHAR  )`,
  `CREATE TABLE IF NOT EXISTS "ds"."_dlt_pipeline_state" ("version" BIGINT  NOT NULL,"engine_version" BIGINT  NOT NULL,"pipeline_name" VARCHAR  NOT NULL,"state" VARCHAR  NOT NULL,"created_at" TIMESTAMP WITH TIME ZONE  NOT NULL,"version_hash" VARCHAR  ,"_dlt_load_id" VARCHAR  NOT NULL,"_dlt_id" VARCHAR  NOT NULL)`,
  `INSERT INTO "ds"."_dlt_loads" VALUES ('1795348577.3185587', 'shop', 0, now(), 'h')`,
  `INSERT INTO "ds"."_dlt_pipeline_state" VALUES (2, 4, 'pipe', 'dlt state', now(), 'sh', '1795348577.3185587', 'Zq1')`,
];
const roots = [
  `CREATE TABLE "ds"."contacts" ("id" BIGINT  NOT NULL,"email" VARCHAR  ,"_dlt_load_id" VARCHAR  NOT NULL,"_dlt_id" VARCHAR  NOT NULL)`,
  `INSERT INTO "ds"."contacts" VALUES (1, 'a', '1795348577.3185587', 'RnD1'), (2, 'b', '1795348577.3185587', 'RnD2'), (3, 'c', '1795348577.3185587', 'RnD3')`,
];
const mergedChildren = [
  `CREATE TABLE "ds"."contacts__tags" ("value" VARCHAR  ,"_dlt_root_id" VARCHAR  NOT NULL,"_dlt_parent_id" VARCHAR  NOT NULL,"_dlt_list_idx" BIGINT  NOT NULL,"_dlt_id" VARCHAR  NOT NULL)`,
  `INSERT INTO "ds"."contacts__tags" VALUES ('x', 'RnD1', 'RnD1', 0, 't1'), ('y', 'RnD2', 'RnD2', 0, 't2'), ('z', 'RnD3', 'RnD3', 0, 't3')`,
];
const appendedChildren = [
  `CREATE TABLE "ds"."contacts__tags" ("value" VARCHAR  ,"_dlt_parent_id" VARCHAR  NOT NULL,"_dlt_list_idx" BIGINT  NOT NULL,"_dlt_id" VARCHAR  NOT NULL)`,
  `INSERT INTO "ds"."contacts__tags" VALUES ('x', 'RnD1', 0, 't1'), ('y', 'RnD2', 0, 't2'), ('z', 'RnD3', 0, 't3')`,
  `CREATE TABLE "ds"."contacts__tags__marks" ("value" BIGINT  ,"_dlt_parent_id" VARCHAR  NOT NULL,"_dlt_list_idx" BIGINT  NOT NULL,"_dlt_id" VARCHAR  NOT NULL)`,
  `INSERT INTO "ds"."contacts__tags__marks" VALUES (7, 't1', 0, 'm1'), (8, 't3', 0, 'm3')`,
];

async function run(session: DestinationSession, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await session.query(statement);
}

describe("a dataset that dlt made", () => {
  it("is read: loads, state", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await run(session, system);
    const stored = await session.read(
      { pipeline: "pipe", schemaName: "shop", loadIds: ["1795348577.3185587"], resources: ["contacts"] },
      signal,
    );
    expect(stored.exists).toBe(true);
    expect(stored.state).toEqual({ text: "dlt state", versionHash: "sh" });
    expect(stored.greatestLoadId).toBe("1795348577.3185587");
    expect(stored.finishedLoads.has("1795348577.3185587")).toBe(true);
    expect(stored.partitions).toEqual([]);
  });

  it("is merged into by key, whatever its row ids are", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await run(session, [...system, ...roots, ...mergedChildren]);
    const staged = contactTables([contact("1795348600.1", 2, "B", ["new"]), contact("1795348600.1", 4, "d", ["w"])]);
    const result = await load(session, { loadId: "1795348600.1", staged, chain: merge });
    expect(result.tables).toEqual({
      contacts: { inserted: 1, updated: 1, unchanged: 0, deleted: 0 },
      contacts__tags: { inserted: 2, updated: 0, unchanged: 0, deleted: 1 },
    });
    expect(
      (await rowsOf(session, "contacts")).map((row) => [row["id"], row["email"], row["_dlt_id"], row["extra"]]),
    ).toEqual([
      [1, "a", "RnD1", null],
      [2, "B", "c2", '{"k":2}'],
      [3, "c", "RnD3", null],
      [4, "d", "c4", '{"k":4}'],
    ]);
    expect((await rowsOf(session, "contacts__tags")).map((row) => [row["value"], row["_dlt_root_id"]])).toEqual([
      ["new", "c2"],
      ["w", "c4"],
      ["x", "RnD1"],
      ["z", "RnD3"],
    ]);
  });

  it("that was appended to has no root ids: they are filled in, down to grandchildren", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await run(session, [...system, ...roots, ...appendedChildren]);
    const staged = contactTables([contact("1795348600.1", 1, "A", ["x"])]);
    const result = await load(session, { loadId: "1795348600.1", staged, others: [marks], chain: merge });
    expect(result.tables["contacts__tags__marks"]).toEqual({ inserted: 0, updated: 0, unchanged: 0, deleted: 1 });
    const found = await session.query("SELECT value, _dlt_root_id, _dlt_id FROM ds.contacts__tags ORDER BY value");
    expect(found).toEqual([
      { value: "x", _dlt_root_id: "c1", _dlt_id: "c1t0" },
      { value: "y", _dlt_root_id: "RnD2", _dlt_id: "t2" },
      { value: "z", _dlt_root_id: "RnD3", _dlt_id: "t3" },
    ]);
    expect(await session.query("SELECT value, _dlt_root_id FROM ds.contacts__tags__marks")).toEqual([
      { value: 8, _dlt_root_id: "RnD3" },
    ]);
  });

  it("that holds a key twice has it once afterwards", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await run(session, [
      ...system,
      ...roots,
      ...mergedChildren,
      `INSERT INTO "ds"."contacts" VALUES (1, 'a', '1795348577.3185587', 'RnD1b')`,
    ]);
    const result = await load(session, {
      loadId: "1795348600.1",
      staged: contactTables([contact("1795348600.1", 1, "a")]),
      chain: merge,
    });
    expect(result.tables["contacts"]).toEqual({ inserted: 0, updated: 1, unchanged: 0, deleted: 1 });
    expect((await rowsOf(session, "contacts")).map((row) => row["id"])).toEqual([1, 2, 3]);
  });

  it("is appended to and replaced", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await run(session, [...system, ...roots, ...appendedChildren]);
    const bare: Table = { ...tags, columns: tags.columns.filter((column) => column.name !== "_dlt_root_id") };
    const person = contact("1795348600.1", 9, "z", ["q"]);
    const children = person.tags.map((row): Row =>
      Object.fromEntries(Object.entries(row).filter(([name]) => name !== "_dlt_root_id")),
    );
    const staged = [
      { table: contacts, rows: [person.root] },
      { table: bare, rows: children },
    ];
    await load(session, { loadId: "1795348600.1", staged });
    expect(await rowsOf(session, "contacts")).toHaveLength(4);
    const result = await load(session, {
      loadId: "1795348600.2",
      staged,
      others: [marks],
      chain: { writeDisposition: { kind: "replace" } },
    });
    expect(result.tables).toEqual({
      contacts: { inserted: 1, updated: 0, unchanged: 0, deleted: 4 },
      contacts__tags: { inserted: 1, updated: 0, unchanged: 0, deleted: 4 },
      contacts__tags__marks: { inserted: 0, updated: 0, unchanged: 0, deleted: 2 },
    });
  });
});
