import { describe, expect, it } from "vitest";
import { coerce } from "../../src/normalize/coerce.ts";
import { JsonText, type Scalar, rawType } from "../../src/normalize/scalar.ts";
import { JsonNumber } from "../../src/scan/json-number.ts";
import { dataTypes } from "../../src/schema/data-types.ts";
import { decideMisfit, typeLattice } from "../../src/schema/decide-type.ts";

const limits = { precision: 38, scale: 9 };

// Of each kind a value that is at home in most types, and ones that are in few.
const samples: readonly Scalar[] = [
  "",
  "x",
  "12",
  "1.5",
  "YWJj",
  "2024-01-02",
  "2024-01-02T03:04:05Z",
  "10:30:00",
  0,
  1,
  -1,
  9007199254740993n,
  9223372036854775807n,
  1.5,
  1e300,
  0.1,
  new JsonNumber("1.0"),
  new JsonNumber("18446744073709551616"),
  new JsonNumber("-18446744073709551616"),
  new JsonNumber("18446744073709551617"),
  new JsonNumber("0.12345678901234567890"),
  new JsonNumber(`1${"0".repeat(60)}1`),
  true,
  false,
  new Date(0),
  Uint8Array.of(1, 2),
  new JsonText('{"a":1}'),
];
const kinds = [...new Set(samples.map(rawType))];

describe("the type lattice", () => {
  it("knows every kind of value", () => {
    expect(kinds.toSorted()).toEqual(["bigint", "binary", "bool", "decimal", "double", "json", "text", "timestamp"]);
  });

  it.each(dataTypes.flatMap((existing) => kinds.map((kind) => [existing, kind] as const)))(
    "says of a %s column and a %s value what the coercion does",
    (existing, kind) => {
      const ofKind = samples.filter((value) => rawType(value) === kind);
      const stored = ofKind.filter((value) => coerce(value, { name: "c", dataType: existing }, limits) !== undefined);
      const step = typeLattice[existing][kind];
      if (step === "keep") expect(stored).toEqual(ofKind);
      else if (step === undefined) expect(stored).toEqual([]);
      else if (step === "fit") expect(stored.length).toBeGreaterThan(0);
      // A column widens only for values that do not fit as they are.
      else expect(stored.length).toBeLessThan(ofKind.length);
    },
  );
});

describe("decideMisfit", () => {
  const widenings = [
    { from: "bigint", to: "decimal" },
    { from: "bigint", to: "double" },
  ] as const;

  it("widens an integer column for an integer beyond 64 bits, whatever is stored", () => {
    const misfit = { existing: "bigint", value: "decimal", widenings } as const;
    expect(decideMisfit({ ...misfit, seenExact: false })).toBe("decimal");
    expect(decideMisfit({ ...misfit, seenExact: true })).toBe("decimal");
  });

  it("widens an integer column for a fraction only when no stored integer can be rounded by it", () => {
    const misfit = { existing: "bigint", value: "double", widenings } as const;
    expect(decideMisfit({ ...misfit, seenExact: true })).toBe("double");
    expect(decideMisfit({ ...misfit, seenExact: false })).toBeUndefined();
  });

  it("leaves a type alone that the destination cannot change", () => {
    expect(
      decideMisfit({
        existing: "bigint",
        value: "decimal",
        seenExact: true,
        widenings: [{ from: "bigint", to: "double" }],
      }),
    ).toBeUndefined();
  });

  it("never turns a column into text", () => {
    for (const existing of dataTypes.filter((type) => type !== "text")) {
      expect(
        decideMisfit({ existing, value: "text", seenExact: true, widenings: [{ from: existing, to: "text" }] }),
      ).toBeUndefined();
    }
  });
});
