import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText } from "../../src/normalize/json-text.ts";
import { JsonNumber } from "../../src/scan/json-number.ts";
import { RecordEncodeError, decodeTaggedRecords, encodeTaggedRecords } from "../../src/scan/tagged-records.ts";

const roundTrip = (...records: unknown[]) => decodeTaggedRecords(encodeTaggedRecords(records));

describe("tagged records", () => {
  test("keep what JSON does not have", () => {
    const record = {
      big: 9007199254740993n,
      at: new Date("2024-01-15T10:30:00.123Z"),
      bytes: Uint8Array.from([0, 255]),
      number: new JsonNumber("1.10"),
      odd: [Number.NaN, Number.POSITIVE_INFINITY, -0, 1e300],
      map: new Map<string, unknown>([
        ["2", 1n],
        ["1", null],
      ]),
    };
    expect(roundTrip(record)).toEqual([record]);
  });

  test("keep records that look like tags", () => {
    const records = [
      { $date: 5 },
      { $map: [], $plain: true },
      { a: { $bigint: "x" } },
      { $object: { $map: 1 } },
      JSON.parse('{"__proto__":1}'),
    ];
    const back = roundTrip(...records);
    expect(back.slice(0, 4)).toEqual(records.slice(0, 4));
    expect(back[4]).toEqual(new Map([["__proto__", 1]]));
  });

  test("drop undefined members, and say null for undefined in a list", () => {
    expect(roundTrip({ a: undefined, b: [undefined, 1] }, "text", null)).toEqual([{ b: [null, 1] }, "text", null]);
  });

  test("take an object's own JSON form", () => {
    expect(roundTrip({ price: { toJSON: () => "12.50" } })).toEqual([{ price: "12.50" }]);
  });

  test("any JSON comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (records) => {
        expect(jsonText(roundTrip(...records))).toBe(JSON.stringify(records));
      }),
      { numRuns: 500 },
    );
  });

  test("refuse what is no data, and name the record", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    for (const bad of [{ f: () => 1 }, { s: Symbol("x") }, { d: new Date(Number.NaN) }, cycle]) {
      expect(() => encodeTaggedRecords([1, bad])).toThrow(RecordEncodeError);
      expect(() => encodeTaggedRecords([1, bad])).toThrow(/record 1 /);
    }
  });
});
