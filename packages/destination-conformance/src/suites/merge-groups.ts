import { deepStrictEqual } from "node:assert/strict";
import type { MergeStrategy, Table } from "@typeload/core";
import type { Check } from "../check.ts";
import { type Contact, contactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { loadId, plainLoad, type TrialLoad, type TrialRow } from "../trial-load.ts";

const lines: Table = {
  name: "lines",
  resource: "lines",
  columns: [
    { name: "shop", dataType: "bigint" },
    { name: "day", dataType: "date" },
    { name: "value", dataType: "bigint" },
    { name: "_dlt_id", dataType: "text", rowKey: true, unique: true },
  ],
};

const a1 = { id: 1, name: "a", tags: [{ value: "x", marks: ["m"] }] };
const a2 = { id: 2, name: "a", tags: [{ value: "y" }, { value: "z" }] };
const b3 = { id: 3, name: "b", tags: [{ value: "w", marks: ["n"] }] };

/** Rows that belong together by a merge key: when one comes, all stored ones go. */
export function groupChecks(strategy: MergeStrategy): readonly Check[] {
  const writeDisposition = { kind: "merge", strategy } as const;
  const contactsOf = (n: number, records: readonly Contact[], primaryKey: readonly string[] = []): TrialLoad =>
    contactsLoad({
      loadId: loadId(n),
      writeDisposition,
      primaryKey,
      mergeKey: ["name"],
      ids: primaryKey.length === 0 ? "by position" : "by key",
      parts: [records],
    });

  return [
    {
      name: "merge key: all stored rows of a group that came go, with their children, and all new ones come",
      run: async (bench) => {
        await bench.load(contactsOf(1, [a1, a2, b3]));
        const more = [
          { id: 7, name: "a", tags: [{ value: "new" }] },
          { id: 7, name: "a" },
        ];
        const result = await bench.load(contactsOf(2, more));
        await expectContacts(bench, [
          [loadId(1), [b3]],
          [loadId(2), more],
        ]);
        deepStrictEqual(result.tables, {
          contacts: { inserted: 2, updated: 0, unchanged: 0, deleted: 2 },
          contacts__tags: { inserted: 1, updated: 0, unchanged: 0, deleted: 3 },
          contacts__tags__marks: { inserted: 0, updated: 0, unchanged: 0, deleted: 1 },
        });
      },
    },
    {
      name: "merge key: beside a primary key both delete, and the primary key decides between versions",
      run: async (bench) => {
        await bench.load(contactsOf(1, [a1, a2, b3], ["id"]));
        const moved = { id: 3, name: "a", tags: [{ value: "moved" }] };
        await bench.load(contactsOf(2, [{ ...moved, tags: [] }, moved], ["id"]));
        await expectContacts(bench, [[loadId(2), [moved]]]);
      },
    },
    {
      name: "merge key: several columns are one key",
      run: async (bench) => {
        const load = (n: number, rows: readonly TrialRow[]): TrialLoad =>
          plainLoad({ loadId: loadId(n), writeDisposition, mergeKey: ["shop", "day"], table: lines, rows });
        const line = (shop: number, day: string, value: number, id: string): TrialRow => ({
          shop,
          day,
          value,
          _dlt_id: id,
        });
        await bench.load(
          load(1, [
            line(1, "2026-01-01", 1, "1"),
            line(1, "2026-01-02", 2, "2"),
            line(2, "2026-01-01", 3, "3"),
            line(1, "2026-01-01", 4, "4"),
          ]),
        );
        await bench.load(load(2, [line(1, "2026-01-01", 5, "5")]));
        await bench.expectRows(lines, [
          { shop: "1", day: "2026-01-01", value: "5", _dlt_id: "5" },
          { shop: "1", day: "2026-01-02", value: "2", _dlt_id: "2" },
          { shop: "2", day: "2026-01-01", value: "3", _dlt_id: "3" },
        ]);
      },
    },
  ];
}
