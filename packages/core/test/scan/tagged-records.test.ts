import { runInNewContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonText } from "../../src/scan/json-text.ts";
import { JsonNumber } from "../../src/scan/json-number.ts";
import { RecordEncodeError, decodeTaggedRecords, encodeTaggedRecords } from "../../src/scan/tagged-records.ts";

/** Holds nothing that others can see. */
class Money {
  readonly #amount = 5;
  get amount(): number {
    return this.#amount;
  }
}

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

  test("take an instance of a class as its own members, and a Set as a list", () => {
    class Row {
      readonly id = 1;
      readonly tags = new Set(["a", new Date(5)]);
      readonly #hidden = 2;
      get twice(): number {
        return this.#hidden;
      }
    }
    expect(roundTrip(new Row(), Object.assign(Object.create(null), { n: 1 }))).toEqual([
      { id: 1, tags: ["a", new Date(5)] },
      { n: 1 },
    ]);
  });

  test("take plain objects of another realm, empty ones too", () => {
    expect(roundTrip(runInNewContext("({ a: {}, b: { c: [1] } })"))).toEqual([{ a: {}, b: { c: [1] } }]);
  });

  test("are written without secrets, whatever holds them, and what is left is no tag", () => {
    const encode = (record: unknown) => decodeTaggedRecords(encodeTaggedRecords([record], new Set(["token"])));
    class Row {
      readonly token = "canary";
      readonly id = 1;
    }
    const record = {
      token: () => "canary",
      row: new Row(),
      map: new Map([["token", "canary"]]),
      list: [{ token: "canary" }],
      own: { toJSON: () => ({ token: "canary" }) },
      tag: { token: "canary", $date: 5 },
    };
    expect(encode(record)).toEqual([{ row: { id: 1 }, map: new Map(), list: [{}], own: {}, tag: { $date: 5 } }]);
  });

  test.each([
    [Promise.resolve(1), "Promise"],
    [/x/, "RegExp"],
    [new Error("boom"), "Error"],
    [Object.assign(new Error("boom"), { status: 500 }), "Error"],
    [new ArrayBuffer(4), "ArrayBuffer"],
    [new Float64Array([1.5]), "Float64Array"],
    [new DataView(new ArrayBuffer(4)), "DataView"],
    [new URLSearchParams("a=1"), "URLSearchParams"],
    [new WeakMap(), "WeakMap"],
    [Object(5), "Number"],
    [new Money(), "Money"],
  ])("refuse what would be an empty object in silence, by its class: %#", (value, name) => {
    expect(() => encodeTaggedRecords([{ id: 1, value }])).toThrow(RecordEncodeError);
    expect(() => encodeTaggedRecords([{ id: 1, value }])).toThrow(
      `record 0 holds an object of class ${name}, which has`,
    );
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
