import { deepStrictEqual } from "node:assert/strict";
import type { Bench } from "../bench.ts";
import type { Check } from "../check.ts";
import type { ExpectedCapabilities } from "../conformance-options.ts";
import { expectSame } from "../expect-same.ts";
import { priceCounts, pricesLoad, type StoredPrice, storedPrices } from "../fixtures/price-versions.ts";

const tea = { item: "tea", value: 1, tiers: [10, 20] };
const dearTea = { item: "tea", value: 2, tiers: [10, 30] };
const jam = { item: "jam", value: 5 };

async function expectPrices(bench: Bench, expected: readonly StoredPrice[]): Promise<void> {
  expectSame("versions", await storedPrices(bench), expected);
}

/** Every version of a record is kept, with the times between which it was valid. */
export function scd2Checks({ mergeHints }: ExpectedCapabilities): readonly Check[] {
  return mergeHints.includes("merge-key") ? [...versionChecks, ...groupChecks] : versionChecks;
}

const versionChecks: readonly Check[] = [
  {
    name: "scd2: a change ends one version and begins another, at the boundary, each with its children",
    run: async (bench) => {
      const first = await bench.load(pricesLoad(1, [tea, jam]));
      deepStrictEqual(first.tables, priceCounts([2], [2]));
      const result = await bench.load(pricesLoad(2, [dearTea, jam]));
      await expectPrices(bench, [
        ["tea", 1, "1", "2", [10, 20]],
        ["tea", 2, "2", null, [10, 30]],
        ["jam", 5, "1", null, []],
      ]);
      deepStrictEqual(result.tables, priceCounts([1, 1, 1], [2]));
    },
  },
  {
    name: "scd2: what did not come again ends, and its children stay",
    run: async (bench) => {
      await bench.load(pricesLoad(1, [tea, jam]));
      await bench.load(pricesLoad(2, [jam]));
      await bench.load(pricesLoad(3, [jam]));
      await expectPrices(bench, [
        ["tea", 1, "1", "2", [10, 20]],
        ["jam", 5, "1", null, []],
      ]);
    },
  },
  {
    name: "scd2: what comes back begins anew beside the version that ended, and shares its children",
    run: async (bench) => {
      await bench.load(pricesLoad(1, [tea, jam]));
      await bench.load(pricesLoad(2, [jam]));
      const result = await bench.load(pricesLoad(3, [tea, jam]));
      await expectPrices(bench, [
        ["tea", 1, "1", "2", [10, 20]],
        ["tea", 1, "3", null, [10, 20]],
        ["jam", 5, "1", null, []],
      ]);
      deepStrictEqual(result.tables, priceCounts([1, 0, 1], [0, 0, 2]));
    },
  },
  {
    name: "scd2: nothing changed: nothing is written",
    run: async (bench) => {
      await bench.load(pricesLoad(1, [tea, jam]));
      const result = await bench.load(pricesLoad(2, [jam, tea]));
      await expectPrices(bench, [
        ["tea", 1, "1", null, [10, 20]],
        ["jam", 5, "1", null, []],
      ]);
      deepStrictEqual(result.tables, priceCounts([0, 0, 2], [0, 0, 2]));
    },
  },
  {
    name: "scd2: a version that comes several times in one load is one row, with its children once",
    run: async (bench) => {
      await bench.load(pricesLoad(1, [jam]));
      const twice = repeated(pricesLoad(2, [tea, jam, jam]));
      const result = await bench.load(twice);
      await expectPrices(bench, [
        ["tea", 1, "2", null, [10, 20]],
        ["jam", 5, "1", null, []],
      ]);
      deepStrictEqual(result.tables["prices"], { inserted: 1, updated: 0, unchanged: 1, deleted: 0 });
    },
  },
  {
    name: "scd2: a load without records ends nothing",
    run: async (bench) => {
      await bench.load(pricesLoad(1, [tea]));
      await bench.load(pricesLoad(2, []));
      await expectPrices(bench, [["tea", 1, "1", null, [10, 20]]]);
    },
  },
  {
    name: "scd2: the end of valid versions can be a time",
    run: async (bench) => {
      const forever = { activeRecordTimestamp: "9999-12-31T00:00:00.000000Z" };
      await bench.load(pricesLoad(1, [tea, jam], forever));
      await bench.load(pricesLoad(2, [dearTea, jam], forever));
      await expectPrices(bench, [
        ["tea", 1, "1", "2", [10, 20]],
        ["tea", 2, "2", forever.activeRecordTimestamp, [10, 30]],
        ["jam", 5, "1", forever.activeRecordTimestamp, []],
      ]);
    },
  },
  {
    name: "scd2: a column of the data can tell versions apart, whatever else changed",
    run: async (bench) => {
      const etag = { rowVersion: "etag" };
      await bench.load(pricesLoad(1, [{ ...tea, etag: "v1" }], etag));
      await bench.load(pricesLoad(2, [{ ...dearTea, etag: "v1" }], etag));
      await expectPrices(bench, [["tea", 1, "1", null, [10, 20]]]);
      await bench.load(pricesLoad(3, [{ ...dearTea, etag: "v2" }], etag));
      await bench.load(pricesLoad(4, [{ ...tea, etag: "v1" }], etag));
      await expectPrices(bench, [
        ["tea", 1, "1", "3", [10, 20]],
        ["tea", 2, "3", "4", [10, 30]],
        ["tea", 1, "4", null, [10, 20]],
      ]);
    },
  },
];

const groupChecks: readonly Check[] = [
  {
    name: "scd2: with a merge key only versions of the keys that came end",
    run: async (bench) => {
      const byItem = { mergeKey: ["item"] };
      await bench.load(pricesLoad(1, [tea, jam], byItem));
      await bench.load(pricesLoad(2, [dearTea], byItem));
      await expectPrices(bench, [
        ["tea", 1, "1", "2", [10, 20]],
        ["tea", 2, "2", null, [10, 30]],
        ["jam", 5, "1", null, []],
      ]);
    },
  },
  {
    name: "scd2: a merge key of several columns is one key",
    run: async (bench) => {
      const byBoth = { mergeKey: ["item", "etag"] };
      const [north, south] = [
        { ...jam, etag: "north" },
        { ...jam, value: 6, etag: "south" },
      ];
      await bench.load(pricesLoad(1, [north, south], byBoth));
      await bench.load(pricesLoad(2, [{ ...north, value: 7 }], byBoth));
      await expectPrices(bench, [
        ["jam", 5, "1", "2", []],
        ["jam", 7, "2", null, []],
        ["jam", 6, "1", null, []],
      ]);
    },
  },
];

/** The load with its first record a second time at the end, its children with it. */
function repeated(load: ReturnType<typeof pricesLoad>): ReturnType<typeof pricesLoad> {
  return {
    ...load,
    parts: load.parts.map(({ rows, ordinals, ...part }) => {
      const all = ordinals ?? rows.map((_row, index) => index + 1);
      const firsts = rows.filter((_row, index) => all[index] === 1);
      return { ...part, rows: [...rows, ...firsts], ordinals: [...all, ...firsts.map(() => 1_000)] };
    }),
  };
}
