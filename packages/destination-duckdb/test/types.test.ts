import type { CellInput } from "@typeload/core/testing";
import { duckdb } from "@typeload/destination-duckdb";
import type { Column, Table } from "@typeload/core";
import { describe, expect, it } from "vitest";
import { load, open, signal, temporaryFile } from "./trial.ts";

const generated: readonly Column[] = [
  { name: "_dlt_load_id", dataType: "text", nullable: false },
  { name: "_dlt_id", dataType: "text", nullable: false },
];

type Cells = readonly CellInput[];
type Case = readonly [
  title: string,
  column: Omit<Column, "name">,
  type: string,
  given: Cells,
  expected?: readonly unknown[],
];

function tableOf(columns: readonly Column[]): Table {
  return { name: "t", resource: "t", columns: [...columns, ...generated] };
}

/** Loads rows by a column `c` and gives what DuckDB has, with its type. */
async function roundTrip(column: Omit<Column, "name">, values: Cells): Promise<{ type: unknown; values: unknown[] }> {
  await using session = await open(duckdb({ path: temporaryFile() }));
  const rows = values.map((c, index) => ({ c, _dlt_load_id: "1.1", _dlt_id: `r${String(index).padStart(5, "0")}` }));
  await load(session, { loadId: "1.1", staged: [{ table: tableOf([{ name: "c", ...column }]), rows }] });
  const found = await session.query("SELECT c, typeof(c) AS type FROM ds.t ORDER BY _dlt_id");
  const [described] = await session.query("SELECT data_type FROM information_schema.columns WHERE column_name = 'c'");
  return { type: described?.["data_type"], values: found.map((row) => row["c"]) };
}

describe("every type comes back as it went in", () => {
  const cases: readonly Case[] = [
    [
      "text",
      { dataType: "text" },
      "VARCHAR",
      [
        "",
        "a",
        "twelve bytes",
        "thirteen bytes",
        "\u0000 nul \u0000",
        "😀 نص عربي",
        "\\N",
        "'\";--",
        "x".repeat(3_000_000),
        null,
      ],
    ],
    [
      "bigint",
      { dataType: "bigint" },
      "BIGINT",
      [
        0n,
        -1n,
        9_007_199_254_740_991n,
        9_007_199_254_740_993n,
        9_223_372_036_854_775_807n,
        -9_223_372_036_854_775_808n,
        null,
      ],
      [
        0,
        -1,
        9_007_199_254_740_991,
        9_007_199_254_740_993n,
        9_223_372_036_854_775_807n,
        -9_223_372_036_854_775_808n,
        null,
      ],
    ],
    ["bigint of 8 bits", { dataType: "bigint", precision: 8 }, "TINYINT", [127n, -128n, null], [127, -128, null]],
    [
      "bigint of 16 bits",
      { dataType: "bigint", precision: 16 },
      "SMALLINT",
      [32_767n, -32_768n, null],
      [32_767, -32_768, null],
    ],
    [
      "bigint of 32 bits",
      { dataType: "bigint", precision: 32 },
      "INTEGER",
      [2_147_483_647n, -2_147_483_648n],
      [2_147_483_647, -2_147_483_648],
    ],
    [
      "bigint of 128 bits",
      { dataType: "bigint", precision: 128 },
      "HUGEINT",
      [9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, -1n, null],
      [9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n, -1, null],
    ],
    [
      "double",
      { dataType: "double" },
      "DOUBLE",
      [0.1, -0, 5e-324, 1.797_693_134_862_315_7e308, Infinity, -Infinity, NaN, null],
    ],
    ["bool", { dataType: "bool" }, "BOOLEAN", [true, false, null]],
    [
      "decimal",
      { dataType: "decimal" },
      "DECIMAL(38,9)",
      [
        "0",
        "-0.000000001",
        "1.10",
        "99999999999999999999999999999.999999999",
        "-99999999999999999999999999999.999999999",
        null,
      ],
      [
        "0.000000000",
        "-0.000000001",
        "1.100000000",
        "99999999999999999999999999999.999999999",
        "-99999999999999999999999999999.999999999",
        null,
      ],
    ],
    ["decimal of 4 digits", { dataType: "decimal", precision: 4, scale: 2 }, "DECIMAL(4,2)", ["99.99", "-99.99", null]],
    [
      "decimal of 9 digits",
      { dataType: "decimal", precision: 9, scale: 0 },
      "DECIMAL(9,0)",
      ["999999999", "-999999999", null],
    ],
    [
      "decimal of 18 digits",
      { dataType: "decimal", precision: 18, scale: 2 },
      "DECIMAL(18,2)",
      ["9999999999999999.99", "-0.01", null],
    ],
    ["wei", { dataType: "wei" }, "DECIMAL(38,0)", ["99999999999999999999999999999999999999", "-1", null]],
    [
      "timestamp",
      { dataType: "timestamp" },
      "TIMESTAMP WITH TIME ZONE",
      [
        "2026-01-02T03:04:05.000006Z",
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        null,
      ],
    ],
    [
      "timestamp without zone",
      { dataType: "timestamp", timezone: false },
      "TIMESTAMP",
      ["2026-01-02T03:04:05.000006", "1600-02-29T00:00:00", null],
    ],
    [
      "timestamp in seconds",
      { dataType: "timestamp", timezone: false, precision: 0 },
      "TIMESTAMP_S",
      ["2026-01-02T03:04:05", "1950-01-01T00:00:00", null],
    ],
    [
      "timestamp in milliseconds",
      { dataType: "timestamp", timezone: false, precision: 3 },
      "TIMESTAMP_MS",
      ["1950-01-01T00:00:00.001", null],
      ["1950-01-01T00:00:00.001000", null],
    ],
    [
      "timestamp in nanoseconds",
      { dataType: "timestamp", timezone: false, precision: 9 },
      "TIMESTAMP_NS",
      ["2026-01-02T03:04:05.000006", "1950-01-01T00:00:00", null],
    ],
    [
      "date",
      { dataType: "date" },
      "DATE",
      ["2024-02-29", "1970-01-01", "0001-01-01", "9999-12-31", "1900-03-01", null],
    ],
    ["time", { dataType: "time" }, "TIME", ["00:00:00", "23:59:59.999999", null]],
    ["binary", { dataType: "binary" }, "BLOB", [Uint8Array.of(), Uint8Array.of(0, 255, 10, 39), null]],
    ["json", { dataType: "json" }, "JSON", ['{"b":[1,2.50],"a":{"ü":"\\u0000"}}', "null", "9007199254740993", null]],
  ];
  const named = cases.map(([title, column, type, given, expected = given]) => ({
    title,
    column,
    type,
    given,
    expected,
  }));
  it.each(named)("$title", async ({ column, type, given, expected }) => {
    const found = await roundTrip(column, given);
    expect(found.type).toBe(type);
    expect(found.values).toEqual(expected);
  });

  it("over several vectors, with nulls in some", async () => {
    const given = Array.from({ length: 5_000 }, (_, index) => (index % 3 === 0 ? null : `text of row ${index}`));
    expect((await roundTrip({ dataType: "text" }, given)).values).toEqual(given);
    const numbers = given.map((text, index) => (text === null ? null : index - 2_500));
    expect((await roundTrip({ dataType: "bigint" }, numbers)).values).toEqual(numbers);
  });
});

describe("a value that does not fit fails loudly", () => {
  it.each<[string, Omit<Column, "name">, CellInput]>([
    ["an integer beyond its bits", { dataType: "bigint", precision: 8 }, 128n],
    ["a decimal with too many digits", { dataType: "decimal", precision: 4, scale: 2 }, "100.00"],
    ["a fraction that would be cut", { dataType: "decimal", precision: 4, scale: 2 }, "1.005"],
    ["a wei beyond 38 digits", { dataType: "wei" }, `1${"0".repeat(38)}`],
  ])("%s", async (_title, column, value) => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const staged = {
      table: tableOf([{ name: "c", ...column }]),
      rows: [{ c: value, _dlt_load_id: "1.1", _dlt_id: "r" }],
    };
    await expect(load(session, { loadId: "1.1", staged: [staged] })).rejects.toMatchObject({
      code: "value_does_not_fit",
    });
    // The session goes on: nothing is half-done.
    expect(await session.query("SELECT count(*) AS n FROM ds.t")).toEqual([{ n: 0 }]);
  });

  it("a null where a value must be", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const table = tableOf([{ name: "c", dataType: "text", nullable: false }]);
    const rows = [{ c: null, _dlt_load_id: "1.1", _dlt_id: "r" }];
    await expect(load(session, { loadId: "1.1", staged: [{ table, rows }] })).rejects.toMatchObject({
      code: "not_null",
    });
  });
});

describe("query", () => {
  it("gives plain values", async () => {
    await using session = await open(duckdb({ path: ":memory:" }));
    const [row] = await session.query(
      "SELECT 1 AS a, 9007199254740993 AS b, CAST('1.50' AS DECIMAL(5,2)) AS c, [1, 2] AS d, {'x': DATE '2026-01-02'} AS e, " +
        "TIMESTAMPTZ '2026-01-02 03:04:05+02' AS f, CAST('infinity' AS TIMESTAMP) AS g, INTERVAL 1 DAY AS h, 170141183460469231731687303715884105727::HUGEINT AS i, " +
        "MAP {'k': 1} AS j, NULL AS k, '{\"a\":1}'::JSON AS l, TIMESTAMP '12345-01-01 00:00:00' AS m, DATE '0044-03-15 (BC)' AS n",
    );
    expect(row).toEqual({
      a: 1,
      b: 9_007_199_254_740_993n,
      c: "1.50",
      d: [1, 2],
      e: { x: "2026-01-02" },
      f: "2026-01-02T01:04:05Z",
      g: "infinity",
      h: "1 day",
      i: 170_141_183_460_469_231_731_687_303_715_884_105_727n,
      j: [["k", 1]],
      k: null,
      l: '{"a":1}',
      m: "+012345-01-01T00:00:00",
      n: "-000043-03-15",
    });
  });

  it("says what DuckDB says, and stops when asked to", async () => {
    await using session = await open(duckdb({ path: ":memory:" }));
    await expect(session.query("SELECT * FROM nowhere")).rejects.toMatchObject({ code: "statement_failed" });
    const stop = new AbortController();
    const long = session.query("SELECT count(*) FROM range(100000000000)", stop.signal);
    setTimeout(() => stop.abort(new Error("enough")), 50);
    await expect(long).rejects.toThrow("enough");
    expect(await session.query("SELECT 1 AS one", signal)).toEqual([{ one: 1 }]);
  });

  it("loads no extension from the network", async () => {
    await using session = await open(duckdb({ path: ":memory:" }));
    await expect(session.query("SELECT * FROM 's3://bucket/file.parquet'")).rejects.toMatchObject({
      code: "statement_failed",
    });
    expect(
      await session.query(
        "SELECT current_setting('autoinstall_known_extensions') AS a, current_setting('autoload_known_extensions') AS b",
      ),
    ).toEqual([{ a: false, b: false }]);
  });
});
