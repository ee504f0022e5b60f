import { describe, expect, test } from "vitest";
import { encodeTaggedRecords } from "../../src/scan/tagged-records.ts";
import { JsonNumber } from "../../src/scan/json-number.ts";
import type { Schema } from "../../src/schema/schema.ts";
import type { DataType } from "../../src/schema/data-types.ts";
import { columnsOf, emptySchema, normalizePages, page, resource, values } from "./normalize-pages.ts";

const run = (json: string, options: Parameters<typeof normalizePages>[1] = {}) => {
  const { rows, normalizer } = normalizePages([page(json)], options);
  return { values: values(rows["t"]), columns: columnsOf(normalizer), changes: normalizer.changes };
};

/** A stored table with one column. */
const stored = (dataType: DataType, more = {}): { schema: Schema } => ({
  schema: { ...emptySchema, tables: { t: { name: "t", columns: [{ name: "a", dataType, ...more }], seenData: true } } },
});

describe("the type of a new column (dlt.md §2.7)", () => {
  test.each([
    ['"x"', "text"],
    ["1", "bigint"],
    ["9223372036854775807", "bigint"],
    ["1.5", "double"],
    ["1.0", "double"],
    ["1e3", "double"],
    ["true", "bool"],
    ['"2024-01-15T10:30:00Z"', "timestamp"],
    ['"2024-01-15 10:30"', "timestamp"],
    ['"2024-01-15"', "text"],
    ['"2024-02-30T10:00:00Z"', "text"],
    ['"1700000000"', "text"],
    ['"10:30:00"', "text"],
  ])("%s makes a %s column", (value, type) => {
    expect(run(`[{"a":${value}}]`).columns).toEqual([`a:${type}`]);
  });
});

describe("no digit is lost", () => {
  test.each([
    ["9007199254740993", "bigint", 9007199254740993n],
    ["-9223372036854775808", "bigint", -9223372036854775808n],
    ["9223372036854775808", "decimal", "9223372036854775808"],
    ["12345678901234567890123456789", "decimal", "12345678901234567890123456789"],
    ["123456789012345678901234567890", "text", "123456789012345678901234567890"],
    ["0.1234567890123456789", "text", "0.1234567890123456789"],
    ["12345678901234567.125", "decimal", "12345678901234567.125"],
    ["0.10000000000000001", "double", 0.1],
    ["1e400", "text", "1e400"],
  ])("%s alone becomes %s", (number, type, value) => {
    expect(run(`[{"a":${number}}]`)).toMatchObject({ columns: [`a:${type}`], values: [{ a: value }] });
  });

  test("numbers in a text column stand as they were written", () => {
    expect(
      run('[{"a":"x"},{"a":1.50},{"a":1e3},{"a":12345678901234567890},{"a":-0},{"a":true},{"a":7}]').values.map(
        ({ a }) => a,
      ),
    ).toEqual(["x", "1.50", "1e3", "12345678901234567890", "-0", "true", "7"]);
  });

  test("an integer that a double would round goes to a variant, one that it holds does not", () => {
    expect(run('[{"a":1.5},{"a":9007199254740993},{"a":9007199254740992},{"a":12345678901234567890}]').values).toEqual([
      { a: 1.5 },
      { a__v_bigint: 9007199254740993n },
      { a: 9007199254740992 },
      { a__v_decimal: "12345678901234567890" },
    ]);
  });

  test("a value that does not fit the digits of a decimal goes to a variant instead of being rounded", () => {
    expect(
      run('[{"a":1.25},{"a":1.255},{"a":123456789}]', stored("decimal", { precision: 10, scale: 2 })).values,
    ).toEqual([{ a: "1.25" }, { a__v_double: 1.255 }, { a__v_bigint: 123456789 }]);
  });
});

describe("values that do not fit their column", () => {
  test("go to a variant named after their own type, and values that fit again go to the column (dlt.md §2.9)", () => {
    const { values: rows, columns, changes } = run('[{"a":true},{"a":1},{"a":"x"},{"a":1.5},{"a":false},{"a":2}]');
    expect(rows).toEqual([
      { a: true },
      { a__v_bigint: 1 },
      { a__v_text: "x" },
      { a__v_double: 1.5 },
      { a: false },
      { a__v_bigint: 2 },
    ]);
    expect(columns).toEqual(["a:bool", "a__v_bigint:bigint", "a__v_text:text", "a__v_double:double"]);
    expect(changes).toContainEqual({
      kind: "variant-added",
      table: "t",
      column: "a__v_text",
      of: "a",
      dataType: "text",
    });
  });

  test("a variant for text is text, whatever the text looks like (dlt: variant-type-mismatch)", () => {
    expect(run('[{"a":1},{"a":"2024-01-15T10:30:00Z"},{"a":"later"}]').values).toEqual([
      { a: 1 },
      { a__v_text: "2024-01-15T10:30:00Z" },
      { a__v_text: "later" },
    ]);
  });

  test("a variant that dlt made a timestamp does not stop plain text", () => {
    const { schema } = stored("bigint");
    const columns = [
      ...(schema.tables["t"]?.columns ?? []),
      { name: "a__v_text", dataType: "timestamp", variant: true } as const,
    ];
    const dataset = { schema: { ...schema, tables: { t: { name: "t", columns, seenData: true } } } };
    expect(run('[{"a":"2024-01-15T10:30:00Z"},{"a":"later"}]', dataset).values).toEqual([
      { a__v_text: "2024-01-15T10:30:00.000000Z" },
      { a__v_text_2: "later" },
    ]);
  });

  test("a variant shares a column of the data of that name where the type fits, and stands beside it in one record", () => {
    expect(run('[{"a__v_text":"mine","a":1},{"a":"x"},{"a":"y","a__v_text":"z"}]').values).toEqual([
      { a__v_text: "mine", a: 1 },
      { a__v_text: "x" },
      { a__v_text: "y", a__v_text_2: "z" },
    ]);
    expect(run('[{"a__v_text":5,"a":1},{"a":"x"}]').values).toEqual([{ a__v_text: 5, a: 1 }, { a__v_text_2: "x" }]);
  });

  test("numbers and words never become bools, numbers never become times (dlt: bool-coercion, epoch-coercion)", () => {
    expect(run('[{"a":1},{"a":"yes"},{"a":"true"}]', stored("bool")).values).toEqual([
      { a__v_bigint: 1 },
      { a__v_text: "yes" },
      { a__v_text: "true" },
    ]);
    expect(run('[{"a":1700000000},{"a":1700000000.5},{"a":"1700000000"}]', stored("timestamp")).values).toEqual([
      { a__v_bigint: 1700000000 },
      { a__v_double: 1700000000.5 },
      { a__v_text: "1700000000" },
    ]);
  });

  test("text is taken at its word in a number column", () => {
    expect(run('[{"a":" 12 "},{"a":"1_000"},{"a":"0xff"},{"a":"1.5"}]', stored("bigint")).values).toEqual([
      { a: 12 },
      { a: 1000 },
      { a: 255 },
      { a__v_text: "1.5" },
    ]);
  });
});

describe("widening", () => {
  test("a guessed bigint becomes double when a fraction comes, with what was there (dlt: number-variant)", () => {
    const { values: rows, columns, changes } = run('[{"a":1},{"a":-7},{"a":1.5},{"a":2}]');
    expect([rows, columns]).toEqual([[{ a: 1 }, { a: -7 }, { a: 1.5 }, { a: 2 }], ["a:double"]]);
    expect(changes).toContainEqual({ kind: "column-widened", table: "t", column: "a", from: "bigint", to: "double" });
  });

  test("not when an integer beyond 2^53 was seen, the type was given, or the destination cannot or refused", () => {
    const variant = { a__v_double: 1.5 };
    expect(run('[{"a":9007199254740993},{"a":1.5}]').values[1]).toEqual(variant);
    expect(run('[{"a":1},{"a":1.5}]', stored("bigint")).values[1]).toEqual({ a: 1.5 });
    expect(run('[{"a":1},{"a":1.5}]', { ...stored("bigint"), keepsType: () => true }).values[1]).toEqual(variant);
    expect(run('[{"a":1},{"a":1.5}]', { capabilities: { widenings: [] } }).values[1]).toEqual(variant);
    expect(
      run('[{"a":1},{"a":1.5}]', { resources: [resource({ columns: { a: { dataType: "bigint" } } })] }).values[1],
    ).toEqual(variant);
    expect(
      run('[{"a":1},{"a":1.5}]', { resources: [resource({ fieldHints: [{ path: ["a"], dataType: "bigint" }] })] })
        .values[1],
    ).toEqual(variant);
  });

  test("a stored bigint becomes decimal when an integer beyond 64 bits comes, because that keeps every value", () => {
    const { values: rows, columns } = run('[{"a":-1},{"a":9223372036854775808},{"a":2}]', stored("bigint"));
    expect([rows, columns]).toEqual([[{ a: "-1" }, { a: "9223372036854775808" }, { a: "2" }], ["a:decimal"]]);
  });

  test("rows of two types never stand in one version of a table", () => {
    const pages = [page('[{"a":1},{"a":2}]'), page('[{"a":3},{"a":4.5}]'), page('[{"a":5}]')];
    const { batches, normalizer } = normalizePages(pages, { flushEach: true });
    expect(
      batches.map(({ tableVersion, rowCount, columns }) => [tableVersion, rowCount, columns[0]?.column.dataType]),
    ).toEqual([
      [1, 2, "bigint"],
      [2, 2, "double"],
      [2, 1, "double"],
    ]);
    const staged = normalizer.staged
      .get("t")
      ?.map(({ tableVersion, rows, table }) => [tableVersion, rows, table.columns[0]?.dataType]);
    expect(staged).toEqual([
      [1, 2, "bigint"],
      [2, 3, "double"],
    ]);
    expect(normalizePages(pages).batches.map(({ tableVersion, rowCount }) => [tableVersion, rowCount])).toEqual([
      [1, 5],
    ]);
  });
});

describe("timestamps", () => {
  test.each([
    ["2024-01-15T10:30:00.1234567+02:00", "2024-01-15T08:30:00.123456Z"],
    ["2024-01-15T10:30:00-00:00", "2024-01-15T10:30:00.000000Z"],
    ["2024-01-15T10:30", "2024-01-15T10:30:00.000000Z"],
    ["1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999000Z"],
    ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"],
    ["9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"],
    ["2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z"],
  ])("%s is stored as %s", (text, instant) => {
    expect(run(JSON.stringify([{ a: text }]))).toEqual(
      expect.objectContaining({ values: [{ a: instant }], columns: ["a:timestamp"] }),
    );
  });

  test("days that do not exist, and times outside the years 1 to 9999, stay text", () => {
    for (const text of [
      "2023-02-29T00:00:00Z",
      "2024-04-31T00:00:00Z",
      "9999-12-31T23:59:59-01:00",
      "2024-01-15T10:30:00+24:00",
    ]) {
      expect(run(JSON.stringify([{ a: text }]))).toMatchObject({ values: [{ a: text }], columns: ["a:text"] });
      expect(run(JSON.stringify([{ a: text }]), stored("timestamp")).values).toEqual([{ a__v_text: text }]);
    }
  });

  test("without a zone they are UTC made local", () => {
    expect(run('[{"a":"2024-01-15T10:30:00+02:00"}]', stored("timestamp", { timezone: false })).values).toEqual([
      { a: "2024-01-15T08:30:00.000000" },
    ]);
  });
});

describe("records from user code", () => {
  const tagged = (...records: unknown[]) => page(encodeTaggedRecords(records), { encoding: "tagged" });

  test("keep their types", () => {
    const { rows, normalizer } = normalizePages([
      tagged({
        big: 2n ** 63n - 1n,
        huge: 2n ** 64n,
        at: new Date("2024-01-15T10:30:00.123Z"),
        bytes: Uint8Array.of(1, 2),
        number: new JsonNumber("1.0"),
        map: new Map([
          ["2", 1],
          ["1", 2],
        ]),
      }),
    ]);
    expect(columnsOf(normalizer)).toEqual([
      "big:bigint",
      "huge:decimal",
      "at:timestamp",
      "bytes:binary",
      "number:double",
      "map___2:bigint",
      "map___1:bigint",
    ]);
    expect(values(rows["t"])).toEqual([
      {
        big: 9223372036854775807n,
        huge: "18446744073709551616",
        at: "2024-01-15T10:30:00.123000Z",
        bytes: Uint8Array.of(1, 2),
        number: 1,
        map___2: 1,
        map___1: 2,
      },
    ]);
  });

  test("give the same rows as the same records as JSON", () => {
    const records = [
      { id: 1, o: { a: "x", l: [1, 2.5, null] }, t: "2024-01-15T10:30:00Z" },
      { id: 2, big: 4_000_000_000, neg: -5_000_000_000 },
    ];
    expect(normalizePages([tagged(...records)]).rows).toEqual(normalizePages([page(records)]).rows);
  });
});
