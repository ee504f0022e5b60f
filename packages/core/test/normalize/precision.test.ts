import { describe, expect, test } from "vitest";
import type { Schema } from "../../src/schema/schema.ts";
import type { Resource } from "../../src/source/resource.ts";
import { emptySchema, normalizePages, page, resource, values } from "./normalize-pages.ts";

/** Values of member `a`, in a column with a hint, as JSON. */
function run(columns: Resource["columns"], ...cells: readonly string[]) {
  const records = `[${cells.map((cell) => `{"a":${cell}}`).join(",")}]`;
  const { rows, normalizer } = normalizePages([page(records)], { resources: [resource({ columns })] });
  return { values: values(rows["t"]), changes: normalizer.changes };
}

describe("a text that is longer than its column", () => {
  test("goes to a variant column, and what fits stays", () => {
    const { values: found, changes } = run({ a: { dataType: "text", precision: 5 } }, '"12345"', '"123456"', '""', "7");
    expect(found).toEqual([{ a: "12345" }, { a__v_text: "123456" }, { a: "" }, { a: "7" }]);
    expect(changes).toContainEqual({
      kind: "variant-added",
      table: "t",
      column: "a__v_text",
      of: "a",
      dataType: "text",
    });
  });

  test("is measured in characters, as databases do", () => {
    const peacocks = "🦚".repeat(5);
    expect(run({ a: { dataType: "text", precision: 5 } }, `"${peacocks}"`, `"${peacocks}x"`, '"éééée"').values).toEqual(
      [{ a: peacocks }, { a__v_text: `${peacocks}x` }, { a: "éééée" }],
    );
  });

  test("is measured when a number became text", () => {
    expect(run({ a: { dataType: "text", precision: 3 } }, "123", "1234", "1.5", "12.50").values).toEqual([
      { a: "123" },
      { a__v_bigint: 1234 },
      { a: "1.5" },
      { a__v_double: 12.5 },
    ]);
  });
});

describe("an integer that has more bits than its column", () => {
  test.each([
    [8, "-128", "127", "-129", "128"],
    [9, "-32768", "32767", "-32769", "32768"],
    [16, "-32768", "32767", "-32769", "32768"],
    [32, "-2147483648", "2147483647", "-2147483649", "2147483648"],
  ])("of %i goes to a variant column", (precision, least, most, below, above) => {
    const { values: found } = run({ a: { dataType: "bigint", precision } }, least, most, below, above, `"${above}"`);
    expect(found).toEqual([
      { a: Number(least) },
      { a: Number(most) },
      { a__v_bigint: Number(below) },
      { a__v_bigint: Number(above) },
      { a__v_text: above },
    ]);
  });

  test("of 64 keeps 64", () => {
    expect(run({ a: { dataType: "bigint", precision: 64 } }, "9223372036854775807", "-1").values).toEqual([
      { a: 9223372036854775807n },
      { a: -1 },
    ]);
  });

  test("does not widen it: bits are no digits", () => {
    expect(run({ a: { dataType: "bigint", precision: 32 } }, "1", "1.5", "92233720368547758070").values).toEqual([
      { a: 1 },
      { a__v_double: 1.5 },
      { a__v_decimal: "92233720368547758070" },
    ]);
  });
});

test("the precision of a stored column counts too", () => {
  const schema: Schema = {
    ...emptySchema,
    tables: { t: { name: "t", columns: [{ name: "a", dataType: "text", precision: 2 }], seenData: true } },
  };
  expect(values(normalizePages([page('[{"a":"ab"},{"a":"abc"}]')], { schema }).rows["t"])).toEqual([
    { a: "ab" },
    { a__v_text: "abc" },
  ]);
});

describe("a decimal with a precision alone", () => {
  test("has nine digits behind the point", () => {
    expect(run({ a: { dataType: "decimal", precision: 12 } }, "123.123456789", "1234", "0.1234567891").values).toEqual([
      { a: "123.123456789" },
      { a__v_bigint: 1234 },
      { a__v_double: 0.1234567891 },
    ]);
  });

  test("of fewer digits than nine has all of them there", () => {
    expect(run({ a: { dataType: "decimal", precision: 4 } }, "0.1234", "1.5").values).toEqual([
      { a: "0.1234" },
      { a__v_double: 1.5 },
    ]);
  });
});
