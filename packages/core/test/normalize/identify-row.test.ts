import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, compareCodePoints } from "../../src/scan/canonical-json.ts";
import { contentRowId, keyRowId, ordinalPrefix, ordinalRowId } from "../../src/normalize/identify-row.ts";
import { parseLossless } from "../../src/scan/parse-lossless.ts";
import { JsonNumber } from "../../src/scan/json-number.ts";

describe("keyRowId", () => {
  // What dlt 1.31 makes of these keys in an upsert; digests of golden README, suite `system-tables`.
  it.each([
    [[["id", 1]], "z5jIxXIbUnmbKw"],
    [[["id", "1"]], "34mTpKkIs8DCig"],
    [
      [
        ["a", 1],
        ["b", "x"],
      ],
      "khlsLbyhkJKGeQ",
    ],
    [
      [
        ["b", "x"],
        ["a", 1],
      ],
      "khlsLbyhkJKGeQ",
    ],
    // JSON's -0 is the integer 0 for Python.
    [[["a", new JsonNumber("-0")]], "PoWh+onSQl+NvA"],
    [[["a", 0]], "PoWh+onSQl+NvA"],
  ] as const)("%j", (key, id) => {
    expect(keyRowId(key)).toBe(id);
  });

  it("tells keys apart that JavaScript would not", () => {
    const ids = ["1", '"1"', "1.0", "9007199254740993", "9007199254740992", "true", "null"].map((text) =>
      keyRowId([["id", parseLossless(text)]]),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("canonicalJson", () => {
  // Printed by dlt 1.31: `dlt.common.json.dumps(…, sort_keys=True)`.
  it.each([
    ["1e16", "1e+16"],
    ["123456789012345680.0", "1.2345678901234568e+17"],
    ["1e15", "1000000000000000.0"],
    ["0.00001", "0.00001"],
    ["1e-6", "1e-6"],
    ["1.5e-7", "1.5e-7"],
    ["-0.0", "-0.0"],
    ["100", "100"],
    ["1e2", "100.0"],
    ["5e-324", "5e-324"],
    ["1.7976931348623157e308", "1.7976931348623157e+308"],
    ['{"b":[1.0,null,{"d":1,"c":"é"}],"a":"\\u0007\\u2028"}', '{"a":"\\u0007\u2028","b":[1.0,null,{"c":"é","d":1}]}'],
    ['{"10":1,"9":2}', '{"10":1,"9":2}'],
  ])("%s", (text, printed) => {
    expect(canonicalJson(parseLossless(text))).toBe(printed);
  });

  it("prints what user code may hand over", () => {
    expect(canonicalJson({ t: new Date(0), n: 5n, b: Uint8Array.of(1), u: undefined, m: new Map([["k", 1]]) })).toBe(
      '{"b":"AQ==","m":{"k":1},"n":5,"t":"1970-01-01T00:00:00+00:00"}',
    );
    expect(canonicalJson(new Date(1500))).toBe('"1970-01-01T00:00:01.500000+00:00"');
    expect(canonicalJson([Number.NaN, Number.POSITIVE_INFINITY])).toBe("[null,null]");
  });

  it("does not depend on the order of keys, and says the same as the value", () => {
    fc.assert(
      // Without -0, which JSON.stringify makes 0.
      fc.property(
        fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value))),
        (value) => {
          const reversed = (item: unknown): unknown => {
            if (Array.isArray(item)) return item.map(reversed);
            if (typeof item !== "object" || item === null) return item;
            return new Map(
              Object.entries(item)
                .toReversed()
                .map(([key, member]) => [key, reversed(member)]),
            );
          };
          expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
          expect(JSON.parse(canonicalJson(value))).toEqual(value);
        },
      ),
    );
  });

  it("sorts keys by code point", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        const byBytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareCodePoints(a, b))).toBe(byBytes);
      }),
    );
  });
});

describe("contentRowId", () => {
  it("tells apart what rows hang on, their content, and their number", () => {
    const ids = [
      contentRowId("a", "b", 0),
      contentRowId("a", "b", 1),
      contentRowId("ab", "", 0),
      contentRowId("", "ab", 0),
      contentRowId('a","b', "", 0),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[A-Za-z\d+/]{14}$/);
  });
});

describe("ordinalRowId", () => {
  it("is another one for each row, and as long as dlt's ids", () => {
    const prefix = ordinalPrefix("1700000000.5", "contacts");
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(2 ** 31 - 1), (a, b) => {
        expect(ordinalRowId(prefix, a)).toHaveLength(14);
        expect(ordinalRowId(prefix, a) === ordinalRowId(prefix, b)).toBe(a === b);
      }),
    );
    expect(ordinalPrefix("1700000000.5", "contact_notes")).not.toBe(prefix);
    expect(ordinalPrefix("1700000000.6", "contacts")).not.toBe(prefix);
  });
});
