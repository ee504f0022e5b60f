import { describe, expect, it } from "vitest";
import { coerce } from "../../src/normalize/coerce.ts";
import { JsonText, type Scalar, rawType } from "../../src/normalize/scalar.ts";
import { JsonNumber } from "../../src/scan/json-number.ts";
import { encodeTaggedRecords } from "../../src/scan/tagged-records.ts";
import { type DataType, dataTypes } from "../../src/schema/data-types.ts";
import { typeLattice } from "../../src/schema/type-lattice.ts";
import { normalizePages, page, resource } from "../normalize/normalize-pages.ts";

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

describe("widening", () => {
  const everywhere = dataTypes.flatMap((from) => dataTypes.map((to) => ({ from, to })));

  /** How a column that holds `first` changes its type when `value` comes, in one load or two. */
  function widened(type: DataType, first: Scalar, value: Scalar, options: { sameLoad: boolean }): string[] {
    const pages = [first, value].map((content) => page(encodeTaggedRecords([{ c: content }]), { encoding: "tagged" }));
    const declared = resource({ columns: { c: { dataType: type } } });
    // A bigint column that a hint made never becomes a double.
    const resources = type === "bigint" ? [resource()] : [declared];
    const before = options.sameLoad ? [] : pages.splice(0, 1);
    const { schema } = normalizePages(before, { resources }).normalizer;
    const { changes } = normalizePages(pages, {
      resources,
      schema,
      capabilities: { widenings: everywhere },
    }).normalizer;
    return changes.flatMap((change) => (change.kind === "column-widened" ? [`${change.from} ${change.to}`] : []));
  }

  const pairs = dataTypes.flatMap((existing) =>
    samples.filter((value) => !(value instanceof JsonText)).map((value) => [existing, value] as const),
  );

  it("is done by the normalizer for the pairs of the table, and for no other", () => {
    const firsts: Partial<Record<DataType, Scalar>> = {
      bigint: 1,
      double: 1.5,
      decimal: 1,
      wei: 1,
      bool: true,
      json: "{}",
    };
    for (const [existing, value] of pairs) {
      const first = firsts[existing] ?? "";
      for (const sameLoad of [true, false]) {
        // That the values which are stored allow it is for the destination to look at.
        const step = typeLattice[existing][rawType(value)];
        const fits = coerce(value, { name: "c", dataType: existing }, limits) !== undefined;
        const changes = widened(existing, first, value, { sameLoad });
        const may = typeof step === "object" && !fits;
        if (!may) expect(changes, `${existing} ${String(value)}`).toEqual([]);
        else if (coerce(value, { name: "c", dataType: step.widen }, limits) !== undefined)
          expect(changes, `${existing} ${String(value)}`).toEqual([`${existing} ${step.widen}`]);
      }
    }
  });
});
