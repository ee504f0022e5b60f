import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonNumber } from "../../src/scan/json-number.ts";
import { hasParseHazard } from "../../src/scan/parse-hazards.ts";
import { parseLossless } from "../../src/scan/parse-lossless.ts";
import { parseRecords } from "../../src/scan/parse-records.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (text: string, ...at: string[]) => parseRecords(bytes(text), at);

describe("parseRecords keeps every digit", () => {
  test.each([
    "9007199254740993",
    "-12345678901234567890",
    "1.0",
    "1.10",
    "-0",
    "1e5",
    "1E+400",
    "0.1234567890123456789",
  ])("%s stays text", (number) => {
    expect(parse(`[{"n": ${number}}]`)).toEqual([{ n: new JsonNumber(number) }]);
    expect(parse(`[[${number}]]`)).toEqual([[new JsonNumber(number)]]);
  });

  test.each([
    "0",
    "1",
    "-7",
    "123456789012345",
    "1.5",
    "-0.25",
    "99.99",
    "9007199254740991",
    "-34.60369899999999",
    "1e-7",
    "5e-324",
  ])("%s is a number", (number) => {
    expect(parse(`[{"n": ${number}, "risky": 1.0}]`)).toEqual([{ n: Number(number), risky: new JsonNumber("1.0") }]);
  });

  test("a number that comes back as a number prints as it was written", () => {
    const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
    fc.assert(
      fc.property(digits, (text) => {
        const [value] = parse(`[${text}]`);
        expect(String(value)).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  /** Does `JSON.parse` lose how it is written? */
  const isBent = (text: string) => String(JSON.parse(text)) !== text;
  const isNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

  test("every short number that JSON.parse bends is a hazard, and none of the others without an exponent", () => {
    let looked = 0;
    const missed: string[] = [];
    const needless: string[] = [];
    const look = (text: string) => {
      if (isNumber.test(text)) {
        looked++;
        const hazard = hasParseHazard(bytes(`[${text}]`));
        if (isBent(text) && !hazard) missed.push(text);
        if (!isBent(text) && hazard && !/e/i.test(text)) needless.push(text);
      }
      if (text.length < 11) for (const next of "01.") look(text + next);
    };
    for (const start of ["0", "1", "-"]) look(start);
    for (const start of ["1e", "1E+", "-0e-", "0.1e", "5e-"]) look(`${start}1`);
    expect(looked).toBeGreaterThan(10_000);
    expect(missed).toEqual([]);
    expect(needless).toEqual([]);
  });

  test("any number that JSON.parse bends is a hazard, wherever it stands", () => {
    const small = fc.stringMatching(/^-?0\.0{4,9}\d{1,12}$/);
    const whole = fc.stringMatching(/^-?(0|[1-9]\d{0,24})$/);
    const any = fc.stringMatching(/^-?(0|[1-9]\d{0,20})(\.\d{1,20})?([eE][+-]?\d{1,3})?$/);
    const printed = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value));
    const place = fc.constantFrom(["[", "]"], ['{"a":', "}"], ['[true,{"b" : [', " ]}]"], ['{"x":"1.0","y":\n', "\n}"]);
    fc.assert(
      fc.property(fc.oneof(small, whole, any, printed), place, (text, [before, after]) => {
        if (isBent(text)) expect(hasParseHazard(bytes(`${before}${text}${after}`))).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  test.each([26, 200_000, 5_000_000])("a number of %d digits stays text", (digits) => {
    const text = "1".repeat(digits);
    const [record] = parse(`[{"n": ${text}}]`);
    expect((record as { n: JsonNumber }).n.text === text).toBe(true);
    expect(hasParseHazard(bytes(`[0.${text}]`))).toBe(true);
  });

  test("digits in strings are no reason to go the slow way", () => {
    expect(
      hasParseHazard(
        bytes(
          '{"_id":"507f1f77bcf86cd799439011","phone":"+5491155551234567","t":"2024-01-15T10:30:00.120Z","a\\"1.0":"9007199254740993 : 1.0"}',
        ),
      ),
    ).toBe(false);
  });
});

describe("parseRecords keeps every key", () => {
  test.each([
    [
      '{"b":1,"2":2,"1":3}',
      [
        ["b", 1],
        ["2", 2],
        ["1", 3],
      ],
    ],
    [
      '{"__proto__":{"x":1},"a":2}',
      [
        ["__proto__", { x: 1 }],
        ["a", 2],
      ],
    ],
    [
      '{"a":1,"\\u0031":2}',
      [
        ["a", 1],
        ["1", 2],
      ],
    ],
    ['{"\\u005f_proto__":2}', [["__proto__", 2]]],
  ])("%s becomes a Map in the order sent", (text, entries) => {
    expect(parse(`[${text}]`)).toEqual([new Map(entries as [string, unknown][])]);
  });

  test("keys that only look odd need no Map", () => {
    const text = '{"_id":1,"__proto":2,"1a":3,"a1":"12:"}';
    expect(hasParseHazard(bytes(text))).toBe(false);
    expect(parse(text)).toEqual([{ _id: 1, __proto: 2, "1a": 3, a1: "12:" }]);
  });
});

describe("parseRecords finds the records", () => {
  test("by the path, also where objects are maps", () => {
    expect(parse('{"1":{"r":[1,{"a":[]}]}}', "1", "r")).toEqual([1, { a: [] }]);
    expect(parse('{"r":{"id":1}}', "r")).toEqual([{ id: 1 }]);
    expect(parse("\ufeff[1.0]")).toEqual([new JsonNumber("1.0")]);
  });
});

describe("the lossless parser agrees with JSON.parse where nothing is lost", () => {
  const plain = (value: unknown): unknown => {
    if (value instanceof JsonNumber) return Number(value.text);
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, member]) => [key, plain(member)]));
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
    return value;
  };

  test("for any JSON in any spacing", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, "\r\n\t"), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(plain(parseLossless(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });
});
