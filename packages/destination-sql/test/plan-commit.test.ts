import type { Table } from "@typeload/core";
import { sql } from "@typeload/destination-sql";
import { describe, expect, it } from "vitest";
import {
  chainTexts,
  commitOf,
  pens,
  physical,
  plainDialect,
  planned,
  shops,
  stagedShops,
  target,
} from "./plain-dialect.ts";

const merge = { writeDisposition: { kind: "merge", strategy: "delete-insert" }, primaryKey: ["id"] } as const;
const fromShops =
  "SELECT [id], [name], [_dlt_load_id], [_dlt_id], [_typeload_ordinal] FROM [ds_stage].[tl_1_5_v1_shops]";
const fromPens =
  "SELECT [value], [_dlt_root_id], [_dlt_id], [_typeload_ordinal] FROM [ds_stage].[tl_1_5_v1_shops__pens]";

describe("the order of a commit", () => {
  it("is lease, finished, counts, chains, schema, state, partitions, completeness, load, staging", () => {
    const commit = {
      ...commitOf({}),
      state: {
        version: 3,
        engineVersion: 4,
        state: "packed",
        createdAt: "2026-01-01T00:00:00Z",
        versionHash: "sh",
        dltId: "sid",
      },
      partitions: [
        {
          resource: "shops",
          partition: { id: "p1", kind: "whole" },
          verdict: { rows: "likely" },
          runId: "run",
          loadId: "1.5",
        },
        {
          resource: "shops",
          partition: { id: "p1", kind: "whole" },
          verdict: { rows: "proved", read: 2 },
          runId: "run",
          loadId: "1.5",
        },
      ],
      completeness: [{ resource: "shops", rows: "proved", read: 2 }],
    } as const;
    const steps = planned(commit);
    expect(steps.map(({ purpose }) => purpose)).toEqual([
      "hold and extend the lease",
      "was this load committed before?",
      "shops: is everything staged?",
      "shops__pens: is everything staged?",
      "shops: add what was staged",
      "shops__pens: add what was staged",
      "store the schema when it is new",
      "store the state",
      "store the partitions",
      "store the partitions",
      "store the completeness",
      "store the load",
      "drop what was staged",
      "drop what was staged",
    ]);
    const [lease, finished, staged, , add] = steps;
    expect(lease).toEqual({
      purpose: "hold and extend the lease",
      statement: {
        text: "UPDATE [ds].[_typeload_lease] SET expires_at = NOW+60 WHERE pipeline_name = ?1 AND token = ?2",
        parameters: ["pipe", "token"],
      },
      effect: { kind: "hold-lease" },
    });
    expect(finished?.statement).toEqual({
      text: "SELECT load_id FROM [ds].[_dlt_loads] WHERE load_id = ?1 AND status = 0",
      parameters: ["1.5"],
    });
    expect(staged).toMatchObject({
      statement: { text: "SELECT COUNT(*) AS staged FROM [ds_stage].[tl_1_5_v1_shops]" },
      effect: { kind: "check-staged", table: "shops", tableVersion: 1, expected: 2 },
    });
    expect(add?.effect).toEqual({ kind: "add-changed", table: "shops", as: "inserted" });
    const record = steps.slice(6, 12).map(({ statement }) => statement);
    expect(record.map(({ text }) => text)).toEqual([
      "INSERT INTO [ds].[_dlt_version] ([version], [engine_version], [inserted_at], [schema_name], [version_hash], [schema]) SELECT ?1::bigint, ?2::bigint, ?3::timestamp, ?4::text, ?5::text, ?6::text WHERE NOT EXISTS (SELECT 1 FROM [ds].[_dlt_version] WHERE version_hash = ?7 AND schema_name = ?8)",
      "INSERT INTO [ds].[_dlt_pipeline_state] ([version], [engine_version], [pipeline_name], [state], [created_at], [version_hash], [_dlt_load_id], [_dlt_id]) VALUES (?1::bigint, ?2::bigint, ?3::text, ?4::text, ?5::timestamp, ?6::text, ?7::text(64), ?8::text)",
      "DELETE FROM [ds].[_typeload_partitions] WHERE schema_name = ?1 AND resource = ?2 AND partition_id IN (?3)",
      "INSERT INTO [ds].[_typeload_partitions] ([schema_name], [resource], [partition_id], [kind], [fingerprint], [data], [verdict], [expected], [read], [note], [run_id], [load_id]) VALUES (?1::text, ?2::text, ?3::text, ?4::text, ?5::text, ?6::text, ?7::text, ?8::bigint, ?9::bigint, ?10::text, ?11::text, ?12::text)",
      "INSERT INTO [ds].[_typeload_completeness] ([load_id], [schema_name], [resource], [rows], [expected], [read], [freshness], [note], [run_id], [checked_at]) VALUES (?1::text, ?2::text, ?3::text, ?4::text, ?5::bigint, ?6::bigint, ?7::text, ?8::text, ?9::text, ?10::timestamp)",
      "INSERT INTO [ds].[_dlt_loads] ([load_id], [schema_name], [status], [inserted_at], [schema_version_hash]) VALUES (?1::text(64), ?2::text, ?3::bigint, ?4::timestamp, ?5::text)",
    ]);
    expect(record[0]?.parameters).toEqual([
      2,
      11,
      "2026-01-02T03:04:05Z",
      "shop",
      "hash",
      '{"engine_version":11}',
      "hash",
      "shop",
    ]);
    expect(record[3]?.parameters).toEqual([
      "shop",
      "shops",
      "p1",
      "whole",
      null,
      null,
      "proved",
      null,
      2,
      null,
      "run",
      "1.5",
    ]);
    expect(record[5]?.parameters).toEqual(["1.5", "shop", 0, "2026-01-02T03:04:05Z", "hash"]);
    expect(steps.at(-1)?.statement.text).toBe("DROP TABLE IF EXISTS [ds_stage].[tl_1_5_v1_shops__pens]");
  });

  it("is the same text for the same commit", () => {
    expect(planned(commitOf(merge))).toEqual(planned(commitOf(merge)));
  });

  it("counts what is missing as nothing staged, and what nobody expects as too much", () => {
    const stray = physical("tl_1_5_v2_shops", shops.columns);
    const other = physical("tl_1_6_v1_shops", shops.columns);
    const checks = planned(commitOf({}), { staged: [stagedShops, stray, other] }).filter(
      ({ effect }) => effect.kind === "check-staged",
    );
    expect(checks.map(({ statement, effect }) => [statement.text, effect])).toEqual([
      [
        "SELECT COUNT(*) AS staged FROM [ds_stage].[tl_1_5_v1_shops]",
        { kind: "check-staged", table: "shops", tableVersion: 1, expected: 2 },
      ],
      ["SELECT 0 AS staged", { kind: "check-staged", table: "shops__pens", tableVersion: 1, expected: 2 }],
      [
        "SELECT COUNT(*) AS staged FROM [ds_stage].[tl_1_5_v2_shops]",
        { kind: "check-staged", table: "tl_1_5_v2_shops", tableVersion: 0, expected: 0 },
      ],
    ]);
  });

  it("cuts and tags long names of staging tables", () => {
    const long: Table = { ...shops, name: "a_table_with_a_name_of_some_length_é" };
    const steps = planned(commitOf({}, [long]), { target: new Map([physical(long.name, long.columns)]), staged: [] });
    expect(steps.find(({ effect }) => effect.kind === "check-staged")?.statement.text).toBe("SELECT 0 AS staged");
    const name = "tl_1_5_v1_a_table_with_a_na_2e1bbb4f8980";
    const staged = planned(commitOf({}, [long]), {
      target: new Map([physical(long.name, long.columns)]),
      staged: [physical(name, long.columns)],
    });
    expect(
      staged.filter(({ effect }) => effect.kind === "check-staged").map(({ statement }) => statement.text),
    ).toEqual([`SELECT COUNT(*) AS staged FROM [ds_stage].[${name}]`]);
    expect(Buffer.byteLength(name)).toBe(plainDialect.maxTableNameBytes);
  });
});

describe("append", () => {
  it("inserts what was staged", () => {
    expect(chainTexts(planned(commitOf({})))).toEqual([
      `INSERT INTO [ds].[shops] ([id], [name], [_dlt_load_id], [_dlt_id]) SELECT [id], [name], [_dlt_load_id], [_dlt_id] FROM (${fromShops}) AS staged`,
      `INSERT INTO [ds].[shops__pens] ([value], [_dlt_root_id], [_dlt_id]) SELECT [value], [_dlt_root_id], [_dlt_id] FROM (${fromPens}) AS staged`,
    ]);
  });

  it("unites table versions with casts, and fills columns that came later with null", () => {
    const before: Table = { ...shops, columns: shops.columns.filter(({ name }) => name !== "name") };
    const now: Table = {
      ...shops,
      columns: shops.columns.map((column) => (column.name === "id" ? { ...column, dataType: "decimal" } : column)),
    };
    const versions = [
      { tableVersion: 1, table: before, rows: 1 },
      { tableVersion: 2, table: now, rows: 1 },
    ];
    const commit = commitOf({ tables: [{ table: now, versions }] });
    const staged = [physical("tl_1_5_v1_shops", before.columns), physical("tl_1_5_v2_shops", now.columns)];
    expect(chainTexts(planned(commit, { staged }))).toEqual([
      "INSERT INTO [ds].[shops] ([id], [name], [_dlt_load_id], [_dlt_id]) SELECT [id], [name], [_dlt_load_id], [_dlt_id] FROM " +
        "(SELECT [id]::decimal AS [id], NULL::text AS [name], [_dlt_load_id], [_dlt_id], [_typeload_ordinal] FROM [ds_stage].[tl_1_5_v1_shops] " +
        "UNION ALL SELECT [id], [name], [_dlt_load_id], [_dlt_id], [_typeload_ordinal] FROM [ds_stage].[tl_1_5_v2_shops]) AS staged",
    ]);
  });

  it("refuses a target that was not prepared", () => {
    const bare = new Map([physical("shops", shops.columns.slice(0, 1)), physical("shops__pens", pens.columns)]);
    expect(() => planned(commitOf({}), { target: bare })).toThrow("ds.shops.name is not there");
  });
});

describe("replace", () => {
  it("empties the whole chain first", () => {
    const tables = [{ table: shops, versions: [{ tableVersion: 1, table: shops, rows: 2 }] }];
    const steps = planned(commitOf({ writeDisposition: { kind: "replace" }, tables }), { staged: [stagedShops] });
    expect(chainTexts(steps)).toEqual([
      "DELETE FROM [ds].[shops]",
      "DELETE FROM [ds].[shops__pens]",
      `INSERT INTO [ds].[shops] ([id], [name], [_dlt_load_id], [_dlt_id]) SELECT [id], [name], [_dlt_load_id], [_dlt_id] FROM (${fromShops}) AS staged`,
    ]);
  });
});

describe("merge", () => {
  const winners = `WHERE s.[_typeload_ordinal] IN (SELECT MAX(w.[_typeload_ordinal]) FROM (${fromShops}) AS w GROUP BY [id])`;
  const changed = "[_typeload_roots_0] WHERE NOT same";
  const dying = `SELECT old_id FROM ${changed} UNION ALL SELECT row_id FROM ${changed}`;
  const written = "staged.[_typeload_ordinal] IN (SELECT ordinal FROM [_typeload_roots_0] WHERE NOT same)";

  it("finds winners, counts, removes and writes whole trees", () => {
    expect(chainTexts(planned(commitOf(merge)))).toEqual([
      `CREATE TEMP TABLE [_typeload_roots_0] AS SELECT s.[_typeload_ordinal] AS ordinal, s.[id] AS [key_1], s.[_dlt_id] AS row_id, t.[_dlt_id] AS old_id, t.[id] IS NOT NULL AS existed, FALSE AS same FROM (${fromShops}) AS s LEFT JOIN [ds].[shops] AS t ON s.[id] = t.[id] ${winners}`,
      `CREATE TEMP TABLE [_typeload_child_0_0] AS SELECT s.[_typeload_ordinal] AS ordinal, s.[_dlt_id] AS row_id, COUNT(t.[_dlt_id]) AS found, MAX(CASE WHEN t.[_dlt_id] IS NOT NULL AND (t.[_dlt_root_id] IS NULL OR t.[_dlt_root_id] <> s.[_dlt_root_id]) THEN 1 ELSE 0 END) = 1 AS strayed, FALSE AS same FROM (${fromPens}) AS s LEFT JOIN [ds].[shops__pens] AS t ON t.[_dlt_id] = s.[_dlt_id] WHERE s.[_typeload_ordinal] IN (SELECT ordinal FROM [_typeload_roots_0]) GROUP BY s.[_typeload_ordinal], s.[_dlt_id]`,
      "SELECT COUNT(DISTINCT CASE WHEN NOT existed THEN ordinal END) AS inserted, COUNT(DISTINCT CASE WHEN existed AND NOT same THEN ordinal END) AS updated, COUNT(DISTINCT CASE WHEN same THEN ordinal END) AS unchanged, COUNT(CASE WHEN existed THEN 1 END) - COUNT(DISTINCT CASE WHEN existed THEN ordinal END) AS deleted FROM [_typeload_roots_0]",
      `SELECT COUNT(CASE WHEN c.ordinal IN (SELECT ordinal FROM [_typeload_roots_0] WHERE NOT same) AND c.found = 0 THEN 1 END) AS inserted, COUNT(CASE WHEN c.ordinal IN (SELECT ordinal FROM [_typeload_roots_0] WHERE NOT same) AND c.found > 0 THEN 1 END) AS updated, COUNT(CASE WHEN NOT (c.ordinal IN (SELECT ordinal FROM [_typeload_roots_0] WHERE NOT same)) THEN 1 END) AS unchanged, (SELECT COUNT(*) FROM [ds].[shops__pens] AS t WHERE t.[_dlt_root_id] IN (${dying}) AND NOT EXISTS (SELECT 1 FROM [_typeload_child_0_0] AS c WHERE c.row_id = t.[_dlt_id])) + COALESCE(SUM(CASE WHEN c.ordinal IN (SELECT ordinal FROM [_typeload_roots_0] WHERE NOT same) AND c.found > 1 THEN c.found - 1 ELSE 0 END), 0) AS deleted FROM [_typeload_child_0_0] AS c`,
      `DELETE FROM [ds].[shops__pens] WHERE [_dlt_root_id] IN (${dying})`,
      "DELETE FROM [ds].[shops__pens] WHERE [_dlt_id] IN (SELECT row_id FROM [_typeload_child_0_0] WHERE strayed AND ordinal IN (SELECT ordinal FROM [_typeload_roots_0] WHERE NOT same))",
      "DELETE FROM [ds].[shops] WHERE [id] IN (SELECT [key_1] FROM [_typeload_roots_0] WHERE NOT same)",
      `INSERT INTO [ds].[shops] ([id], [name], [_dlt_load_id], [_dlt_id]) SELECT [id], [name], [_dlt_load_id], [_dlt_id] FROM (${fromShops}) AS staged WHERE ${written}`,
      `INSERT INTO [ds].[shops__pens] ([value], [_dlt_root_id], [_dlt_id]) SELECT [value], [_dlt_root_id], [_dlt_id] FROM (${fromPens}) AS staged WHERE ${written}`,
      "DROP TABLE [_typeload_roots_0]",
      "DROP TABLE [_typeload_child_0_0]",
    ]);
  });

  it("with keep compares every cell but the load id, and the children both ways", () => {
    const texts = chainTexts(planned(commitOf({ ...merge, unchanged: "keep" })));
    expect(texts[0]).toContain(
      "t.[id] IS NOT NULL AND s.[id] == t.[id] AND s.[name] == t.[name] AND s.[_dlt_id] == t.[_dlt_id] AS same",
    );
    expect(texts[1]).toMatch(/COUNT\(\*\) = 1 AND MIN\(CASE WHEN .* THEN 1 ELSE 0 END\) = 1 AS same/);
    expect(texts.slice(2, 5)).toEqual([
      "UPDATE [_typeload_roots_0] SET same = FALSE WHERE same AND ordinal IN (SELECT ordinal FROM [_typeload_child_0_0] WHERE NOT same)",
      "UPDATE [_typeload_roots_0] SET same = FALSE WHERE same AND old_id IN (SELECT t.[_dlt_root_id] FROM [ds].[shops__pens] AS t WHERE t.[_dlt_root_id] IN (SELECT old_id FROM [_typeload_roots_0] WHERE same) AND NOT EXISTS (SELECT 1 FROM [_typeload_child_0_0] AS c WHERE c.row_id = t.[_dlt_id]))",
      "UPDATE [_typeload_roots_0] SET same = FALSE WHERE same AND ordinal IN (SELECT ordinal FROM [_typeload_roots_0] GROUP BY ordinal HAVING COUNT(*) > 1)",
    ]);
  });

  it("by merge key takes the rest of the group out", () => {
    const texts = chainTexts(planned(commitOf({ ...merge, mergeKey: ["name"] })));
    expect(texts).toContain(
      `CREATE TEMP TABLE [_typeload_group_0] AS SELECT t.[_dlt_id] AS old_id FROM [ds].[shops] AS t WHERE EXISTS (SELECT 1 FROM (${fromShops}) AS s WHERE s.[name] = t.[name]) AND NOT EXISTS (SELECT 1 FROM [_typeload_roots_0] AS r WHERE r.old_id = t.[_dlt_id])`,
    );
    expect(texts).toContain(
      `DELETE FROM [ds].[shops__pens] WHERE [_dlt_root_id] IN (${dying} UNION ALL SELECT old_id FROM [_typeload_group_0])`,
    );
    expect(texts).toContain("DELETE FROM [ds].[shops] WHERE [_dlt_id] IN (SELECT old_id FROM [_typeload_group_0])");
  });

  it("by several columns, and without a key by the row id", () => {
    const several = chainTexts(planned(commitOf({ ...merge, primaryKey: ["id", "name"] })));
    expect(several).toContain(
      "DELETE FROM [ds].[shops] WHERE ([id], [name]) IN (SELECT [key_1], [key_2] FROM [_typeload_roots_0] WHERE NOT same)",
    );
    expect(chainTexts(planned(commitOf({ ...merge, primaryKey: [] })))).toContain(
      "DELETE FROM [ds].[shops] WHERE [_dlt_id] IN (SELECT [key_1] FROM [_typeload_roots_0] WHERE NOT same)",
    );
  });

  it("fills root ids that may be missing, and refuses to go without them", () => {
    const nullable = pens.columns.map((column) => ({ ...column, nullable: true }));
    const older = new Map([...target, physical("shops__pens", nullable)]);
    expect(chainTexts(planned(commitOf(merge), { target: older }))[0]).toBe(
      "UPDATE [ds].[shops__pens] SET [_dlt_root_id] = [_dlt_parent_id] WHERE [_dlt_root_id] IS NULL",
    );
    const without = new Map([
      ...target,
      physical(
        "shops__pens",
        pens.columns.filter(({ name }) => name !== "_dlt_root_id"),
      ),
    ]);
    const commit = commitOf({
      ...merge,
      tables: [{ table: shops, versions: [{ tableVersion: 1, table: shops, rows: 2 }] }],
    });
    expect(() => planned(commit, { target: without, staged: [stagedShops] })).toThrow(
      "ds.shops__pens has no _dlt_root_id",
    );
  });

  it("tells the engine's planner of its work tables, where the engine wants it", () => {
    const dialect = {
      ...plainDialect,
      analyze: (table: Parameters<NonNullable<typeof plainDialect.analyze>>[0]) => sql`ANALYZE ${table}`,
    };
    const texts = chainTexts(planned(commitOf(merge), { dialect }));
    expect(texts).toContain("ANALYZE [_typeload_roots_0]");
    expect(texts).toContain("ANALYZE [_typeload_child_0_0]");
  });

  it("does nothing when nothing was staged", () => {
    const tables = [{ table: shops, versions: [] }];
    expect(chainTexts(planned(commitOf({ ...merge, tables }), { staged: [] }))).toEqual([]);
  });
});
