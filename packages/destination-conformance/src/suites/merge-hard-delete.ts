import { deepStrictEqual } from "node:assert/strict";
import type { MergeStrategy, Table } from "@typeload/core";
import type { Check } from "../check.ts";
import { type Contact, contactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { loadId, plainLoad, type TrialLoad, type TrialRow } from "../trial-load.ts";

const flags: Table = {
  name: "flags",
  resource: "flags",
  columns: [
    { name: "id", dataType: "bigint" },
    { name: "deleted", dataType: "bool" },
    { name: "_dlt_id", dataType: "text", rowKey: true, unique: true },
  ],
};

const one = { id: 1, name: null, tags: [{ value: "a", marks: ["m", "n"] }, { value: "b" }] };
const two = { id: 2, name: null, tags: [{ value: "c" }] };

/** Records that say that their key is deleted. In these contacts whoever has a name is. */
export function hardDeleteChecks(strategy: MergeStrategy): readonly Check[] {
  const writeDisposition = { kind: "merge", strategy } as const;
  const contactsOf = (n: number, records: readonly Contact[], unchanged: "keep" | "rewrite" = "rewrite"): TrialLoad =>
    contactsLoad({
      loadId: loadId(n),
      writeDisposition,
      primaryKey: ["id"],
      hardDelete: "name",
      unchanged,
      parts: [records],
    });

  return [
    {
      name: "hard delete: the row of the key goes with all its children, and nothing of the record is written",
      run: async (bench) => {
        await bench.load(contactsOf(1, [one, two]));
        const gone = {
          id: 1,
          name: "gone",
          tags: [{ value: "a", marks: ["m"] }, { value: "new" }, { value: "newer" }],
        };
        const result = await bench.load(contactsOf(2, [gone, { id: 3, name: "never was", tags: [{ value: "x" }] }]));
        await expectContacts(bench, [[loadId(1), [two]]]);
        deepStrictEqual(result.tables, {
          contacts: { inserted: 0, updated: 0, unchanged: 0, deleted: 1 },
          contacts__tags: { inserted: 0, updated: 0, unchanged: 0, deleted: 2 },
          contacts__tags__marks: { inserted: 0, updated: 0, unchanged: 0, deleted: 2 },
        });
      },
    },
    {
      name: "hard delete: a bool deletes when it is true, not when it is false or null",
      run: async (bench) => {
        const row = (id: number, deleted: boolean | null): TrialRow => ({ id, deleted, _dlt_id: String(id) });
        const load = (n: number, rows: readonly TrialRow[]): TrialLoad =>
          plainLoad({
            loadId: loadId(n),
            writeDisposition,
            primaryKey: ["id"],
            hardDelete: "deleted",
            table: flags,
            rows,
          });
        await bench.load(load(1, [row(1, null), row(2, null), row(3, false), row(4, true)]));
        await bench.load(load(2, [row(1, true), row(2, false), row(3, null)]));
        await bench.expectRows(flags, [
          { id: "2", deleted: "false", _dlt_id: "2" },
          { id: "3", deleted: null, _dlt_id: "3" },
        ]);
      },
    },
    {
      name: "hard delete: of several versions of a key the one that wins decides",
      run: async (bench) => {
        await bench.load(contactsOf(1, [one, two]));
        await bench.load(contactsOf(2, [{ id: 1, name: "gone" }, one, { ...two, tags: [] }, { id: 2, name: "gone" }]));
        await expectContacts(bench, [[loadId(2), [one]]]);
      },
    },
    {
      name: "hard delete: keep: a record that equals the stored row deletes it, others are left alone",
      run: async (bench) => {
        await bench.load(
          contactsLoad({
            loadId: loadId(1),
            writeDisposition,
            primaryKey: ["id"],
            parts: [[{ ...one, name: "gone" }, two]],
          }),
        );
        const result = await bench.load(contactsOf(2, [{ ...one, name: "gone" }, two], "keep"));
        await expectContacts(bench, [[loadId(1), [two]]]);
        deepStrictEqual(result.tables["contacts"], { inserted: 0, updated: 0, unchanged: 1, deleted: 1 });
      },
    },
  ];
}
