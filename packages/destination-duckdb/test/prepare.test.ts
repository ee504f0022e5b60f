import { renameSync } from "node:fs";
import type { Column, Table } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it } from "vitest";
import { contact, contacts, load, open, rowsOf, schemaOf, signal, temporaryFile } from "./trial.ts";

const generated: readonly Column[] = [
  { name: "_dlt_load_id", dataType: "text", nullable: false },
  { name: "_dlt_id", dataType: "text", nullable: false, unique: true, rowKey: true },
];

function tableOf(columns: readonly Column[], name = "t"): Table {
  return { name, resource: name, columns: [...columns, ...generated] };
}

function columnsOf(table: string): string {
  return `SELECT column_name AS name, data_type AS type, is_nullable AS nullable FROM duckdb_columns() WHERE schema_name = 'ds' AND table_name = '${table}' ORDER BY column_index`;
}

describe("prepare", () => {
  it("makes the system tables exactly as dlt does", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await load(session, { loadId: "1.1", staged: [{ table: contacts, rows: [contact("1.1", 1, "a").root] }] });
    const described = (table: string): Promise<readonly unknown[]> =>
      session.query(columnsOf(table)).then((rows) => rows.map((row) => [row["name"], row["type"], row["nullable"]]));
    expect(await described("_dlt_loads")).toEqual([
      ["load_id", "VARCHAR", false],
      ["schema_name", "VARCHAR", true],
      ["status", "BIGINT", false],
      ["inserted_at", "TIMESTAMP WITH TIME ZONE", false],
      ["schema_version_hash", "VARCHAR", true],
    ]);
    expect(await described("_dlt_version")).toEqual([
      ["version", "BIGINT", false],
      ["engine_version", "BIGINT", false],
      ["inserted_at", "TIMESTAMP WITH TIME ZONE", false],
      ["schema_name", "VARCHAR", false],
      ["version_hash", "VARCHAR", false],
      ["schema", "VARCHAR", false],
    ]);
    expect(await described("_dlt_pipeline_state")).toEqual([
      ["version", "BIGINT", false],
      ["engine_version", "BIGINT", false],
      ["pipeline_name", "VARCHAR", false],
      ["state", "VARCHAR", false],
      ["created_at", "TIMESTAMP WITH TIME ZONE", false],
      ["version_hash", "VARCHAR", true],
      ["_dlt_load_id", "VARCHAR", false],
      ["_dlt_id", "VARCHAR", false],
    ]);
    // As dlt on DuckDB: no index, no constraint.
    expect(await session.query("SELECT * FROM duckdb_indexes()")).toEqual([]);
    expect(
      await session.query("SELECT DISTINCT constraint_type AS type FROM duckdb_constraints() WHERE schema_name = 'ds'"),
    ).toEqual([{ type: "NOT NULL" }]);
  });

  it("twice does what once does, and skips columns without a type", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const schema = schemaOf([tableOf([{ name: "a", dataType: "text" }, { name: "unknown" }])]);
    await session.prepare({ schema, tables: ["t"] }, signal);
    const once = await session.query(columnsOf("t"));
    await session.prepare({ schema, tables: ["t"] }, signal);
    expect(await session.query(columnsOf("t"))).toEqual(once);
    expect(once.map((row) => row["name"])).toEqual(["a", "_dlt_load_id", "_dlt_id"]);
  });

  it("leaves tables alone that are not named", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await session.prepare({ schema: schemaOf([tableOf([]), tableOf([], "other")]), tables: ["t"] }, signal);
    expect(await session.query(columnsOf("other"))).toEqual([]);
  });

  it("adds a NOT NULL column to a filled table as nullable, to an empty one as it is", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const wide = (name: string): Table => tableOf([{ name: "new", dataType: "bigint", nullable: false }], name);
    await load(session, {
      loadId: "1.1",
      staged: [{ table: tableOf([], "filled"), rows: [{ _dlt_load_id: "1.1", _dlt_id: "a" }] }],
    });
    await session.prepare({ schema: schemaOf([tableOf([], "empty")]), tables: ["empty"] }, signal);
    await session.prepare({ schema: schemaOf([wide("filled"), wide("empty")]), tables: ["filled", "empty"] }, signal);
    expect((await session.query(columnsOf("filled"))).at(-1)).toEqual({ name: "new", type: "BIGINT", nullable: true });
    expect((await session.query(columnsOf("empty"))).at(-1)).toEqual({ name: "new", type: "BIGINT", nullable: false });
  });

  it("lets go of NOT NULL where the schema does", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const column = { name: "c", dataType: "bigint" } as const;
    await session.prepare({ schema: schemaOf([tableOf([{ ...column, nullable: false }])]), tables: ["t"] }, signal);
    await session.prepare({ schema: schemaOf([tableOf([column])]), tables: ["t"] }, signal);
    expect((await session.query(columnsOf("t")))[0]).toEqual({ name: "c", type: "BIGINT", nullable: true });
  });

  it.each<[string, Column, Column, string]>([
    ["bigint to decimal", { name: "c", dataType: "bigint" }, { name: "c", dataType: "decimal" }, "DECIMAL(38,9)"],
    ["bigint to wei", { name: "c", dataType: "bigint" }, { name: "c", dataType: "wei" }, "DECIMAL(38,0)"],
    ["32 to 64 bits", { name: "c", dataType: "bigint", precision: 32 }, { name: "c", dataType: "bigint" }, "BIGINT"],
    [
      "more digits",
      { name: "c", dataType: "decimal", precision: 9, scale: 2 },
      { name: "c", dataType: "decimal" },
      "DECIMAL(38,9)",
    ],
    ["fewer bits: kept", { name: "c", dataType: "bigint" }, { name: "c", dataType: "bigint", precision: 32 }, "BIGINT"],
    ["back to bigint: kept", { name: "c", dataType: "decimal" }, { name: "c", dataType: "bigint" }, "DECIMAL(38,9)"],
  ])("widens only what loses nothing: %s", async (_title, before, after, type) => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await session.prepare({ schema: schemaOf([tableOf([before])]), tables: ["t"] }, signal);
    await session.query("INSERT INTO ds.t VALUES (42, '1.0', 'x')");
    await session.prepare({ schema: schemaOf([tableOf([after])]), tables: ["t"] }, signal);
    expect((await session.query(columnsOf("t")))[0]?.["type"]).toBe(type);
    expect(await session.query("SELECT c = 42 AS same FROM ds.t")).toEqual([{ same: true }]);
  });

  it("refuses a change that could lose values, and says which", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await session.prepare({ schema: schemaOf([tableOf([{ name: "c", dataType: "text" }])]), tables: ["t"] }, signal);
    const changed = session.prepare(
      { schema: schemaOf([tableOf([{ name: "c", dataType: "bigint" }])]), tables: ["t"] },
      signal,
    );
    await expect(changed).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringContaining("ds.t.c is VARCHAR"),
    });
  });
});

describe("a column that widens in mid-load", () => {
  it("unites the rows of both table versions", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const narrow = tableOf([{ name: "c", dataType: "bigint" }]);
    const wide = tableOf([
      { name: "c", dataType: "decimal" },
      { name: "later", dataType: "text" },
    ]);
    const rows = (loadId: string, ...values: readonly string[]) =>
      values.map((c) => ({ c, _dlt_load_id: loadId, _dlt_id: `${loadId}/${c}` }));
    await load(session, {
      loadId: "1.1",
      staged: [{ table: narrow, rows: [{ c: 1n, _dlt_load_id: "1.1", _dlt_id: "first" }] }],
    });
    const result = await load(session, {
      loadId: "1.2",
      staged: [
        {
          table: wide,
          as: narrow,
          tableVersion: 1,
          rows: [{ c: 9_223_372_036_854_775_807n, _dlt_load_id: "1.2", _dlt_id: "second" }],
        },
        { table: wide, tableVersion: 2, rows: rows("1.2", "0.5", "99999999999999999999") },
      ],
    });
    expect(result.tables["t"]?.inserted).toBe(3);
    expect((await rowsOf(session, "t", "c")).map((row) => row["c"])).toEqual([
      "0.500000000",
      "1.000000000",
      "9223372036854775807.000000000",
      "99999999999999999999.000000000",
    ]);
  });
});

describe("names", () => {
  it.each([
    "select",
    'quo"te',
    "emoji 😀",
    "back\\slash",
    "semi;colon--",
    "naïve",
    "x".repeat(300),
    "_typeload_ordinal_",
    "t.d",
    "'",
  ])("%s can be a table and a column", async (name) => {
    await using session = await open(duckdb({ path: temporaryFile() }), "load", `ds ${name}`.slice(0, 100));
    const table = tableOf(
      [
        { name, dataType: "text" },
        { name: "id", dataType: "bigint", nullable: false },
      ],
      name,
    );
    const chain = {
      writeDisposition: { kind: "merge", strategy: "delete-insert" },
      primaryKey: [name],
      unchanged: "keep",
    } as const;
    const rows = [{ [name]: "v", id: 1, _dlt_load_id: "1.1", _dlt_id: "a" }];
    await load(session, { loadId: "1.1", staged: [{ table, rows }], chain });
    const again = await load(session, { loadId: "1.2", staged: [{ table, rows }], chain });
    expect(again.tables[name]).toEqual({ inserted: 0, updated: 0, unchanged: 1, deleted: 0 });
  });

  it("a dataset that is there may have the name of its file", async () => {
    const path = temporaryFile("other.duckdb");
    {
      await using session = await open(duckdb({ path }));
      await load(session, { loadId: "1.1", staged: [{ table: contacts, rows: [contact("1.1", 1, "a").root] }] });
    }
    const renamed = path.replace("other.duckdb", "ds.duckdb");
    renameSync(path, renamed);
    await using session = await open(duckdb({ path: renamed }));
    expect(await session.query("SELECT id FROM ds.contacts")).toEqual([{ id: 1 }]);
  });

  it("the file can be queried under its own name too", async () => {
    await using session = await open(duckdb({ path: temporaryFile("shop.data.duckdb") }));
    await load(session, { loadId: "1.1", staged: [{ table: contacts, rows: [contact("1.1", 1, "a").root] }] });
    expect(await session.query("SELECT id FROM shop.ds.contacts")).toEqual([{ id: 1 }]);
  });
});
