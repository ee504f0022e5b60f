import { deepStrictEqual } from "node:assert/strict";
import { dataTypes, type MergeStrategy, type Table } from "@typeload/core";
import type { Check } from "../check.ts";
import { type Contact, contactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { samples } from "../fixtures/samples.ts";
import { loadId, plainLoad, type TrialLoad } from "../trial-load.ts";

const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a", "b"] }, { value: "new" }] };
const bob = { id: 2, name: null };
const cleo = { id: 3, name: "Cleo", tags: [{ value: "vip", marks: ["c"] }] };

/** What becomes of rows that come again as they are stored. */
export function keepChecks(strategy: MergeStrategy): readonly Check[] {
  const writeDisposition = { kind: "merge", strategy } as const;
  const mergeOf = (n: number, unchanged: "keep" | "rewrite", records: readonly Contact[]): TrialLoad =>
    contactsLoad({ loadId: loadId(n), writeDisposition, primaryKey: ["id"], unchanged, parts: [records] });

  return [
    {
      name: "rewrite: equal rows belong to the new load",
      run: async (bench) => {
        await bench.load(mergeOf(1, "rewrite", [ada, bob, cleo]));
        const result = await bench.load(mergeOf(2, "rewrite", [ada, bob]));
        await expectContacts(bench, [
          [loadId(2), [ada, bob]],
          [loadId(1), [cleo]],
        ]);
        const { inserted = 0, updated = 0, unchanged = 0 } = result.tables["contacts"] ?? {};
        deepStrictEqual([inserted, updated + unchanged], [0, 2], "inserted; updated and unchanged");
      },
    },
    {
      name: "keep: equal rows stay with the load that wrote them",
      run: async (bench) => {
        await bench.load(mergeOf(1, "keep", [ada, bob, cleo]));
        const again = await bench.load(mergeOf(2, "keep", [ada, bob, cleo]));
        await expectContacts(bench, [[loadId(1), [ada, bob, cleo]]]);
        deepStrictEqual(again.tables["contacts"], { inserted: 0, updated: 0, unchanged: 3, deleted: 0 });
        const changed = { ...cleo, name: "Cleopatra" };
        const result = await bench.load(mergeOf(3, "keep", [ada, changed, { id: 4, name: "Dora" }]));
        await expectContacts(bench, [
          [loadId(1), [ada, bob]],
          [loadId(3), [changed, { id: 4, name: "Dora" }]],
        ]);
        deepStrictEqual(result.tables["contacts"], { inserted: 1, updated: 1, unchanged: 1, deleted: 0 });
      },
    },
    {
      name: "keep: a value that became null, or was null, is a change",
      run: async (bench) => {
        await bench.load(mergeOf(1, "keep", [bob, { id: 3, name: "Cleo" }]));
        const changed = [
          { id: 2, name: "" },
          { id: 3, name: null },
        ];
        await bench.load(mergeOf(2, "keep", changed));
        await expectContacts(bench, [[loadId(2), changed]]);
      },
    },
    ...(
      [
        ["a child that changed", { ...ada, tags: [{ value: "VIP", marks: ["a", "b"] }, { value: "new" }] }],
        ["a child that went", { ...ada, tags: [{ value: "vip", marks: ["a", "b"] }] }],
        ["a child that came", { ...ada, tags: [...ada.tags, { value: "more" }] }],
        ["a grandchild that went", { ...ada, tags: [{ value: "vip", marks: ["a"] }, { value: "new" }] }],
        ["the loss of all children", { id: 1, name: "Ada" }],
      ] as const
    ).map(([what, changed]): Check => ({
      name: `keep: ${what} is a change of its root`,
      run: async (bench) => {
        await bench.load(mergeOf(1, "keep", [ada, cleo]));
        await bench.load(mergeOf(2, "keep", [changed, cleo]));
        await expectContacts(bench, [
          [loadId(2), [changed]],
          [loadId(1), [cleo]],
        ]);
      },
    })),
    {
      name: "keep: the last version decides, also when an earlier one of the same load differs",
      run: async (bench) => {
        await bench.load(mergeOf(1, "keep", [ada]));
        await bench.load(mergeOf(2, "keep", [{ id: 1, name: "in between" }, ada]));
        await expectContacts(bench, [[loadId(1), [ada]]]);
      },
    },
    {
      name: "keep: extreme values of every type are equal to themselves",
      run: async (bench) => {
        const types = dataTypes.filter((dataType) => bench.destination.capabilities.dataTypes.includes(dataType));
        const table: Table = {
          name: "extremes",
          resource: "extremes",
          columns: [
            { name: "id", dataType: "bigint" },
            { name: "_dlt_load_id", dataType: "text" },
            { name: "_dlt_id", dataType: "text", rowKey: true, unique: true },
            ...types.map((dataType) => ({ name: `a_${dataType}`, dataType })),
          ],
        };
        const rows = Array.from({ length: 20 }, (_, id) => ({
          id,
          _dlt_id: `key ${id}`,
          ...Object.fromEntries(
            types.map((dataType) => [
              `a_${dataType}`,
              dataType === "decimal" ? `${id}.125` : (samples[dataType][id] ?? null),
            ]),
          ),
        }));
        const keep = { writeDisposition, primaryKey: ["id"], unchanged: "keep", table, rows } as const;
        await bench.load(plainLoad({ loadId: loadId(1), ...keep }));
        const result = await bench.load(plainLoad({ loadId: loadId(2), ...keep }));
        deepStrictEqual(result.tables["extremes"], { inserted: 0, updated: 0, unchanged: rows.length, deleted: 0 });
        const loads = (await bench.rows(table)).map((row) => row["_dlt_load_id"]);
        deepStrictEqual(
          loads,
          rows.map(() => loadId(1)),
        );
      },
    },
  ];
}
