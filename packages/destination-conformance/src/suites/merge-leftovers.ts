import { deepStrictEqual } from "node:assert/strict";
import type { MergeStrategy, Table } from "@typeload/core";
import type { Check } from "../check.ts";
import { type Contact, contactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { loadId, type TrialLoad, type TrialRow } from "../trial-load.ts";

const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a", "b"] }, { value: "new" }] };
const bob = { id: 2, name: "Bob" };
const cleo = { id: 3, name: "Cleo", tags: [{ value: "vip", marks: ["c"] }] };

/**
 * Somebody deletes rows of the root table by hand and leaves their children, or a broken load stored children twice. When the record comes
 * again its children have the ids of those rows: a merge that looks only below stored roots would fail on them, or double them.
 */
export function leftoverChecks(strategy: MergeStrategy): readonly Check[] {
  const mergeOf = (n: number, unchanged: "keep" | "rewrite", records: readonly Contact[]): TrialLoad =>
    contactsLoad({
      loadId: loadId(n),
      writeDisposition: { kind: "merge", strategy },
      primaryKey: ["id"],
      unchanged,
      parts: [records],
    });

  return [
    ...(["rewrite", "keep"] as const).map((unchanged): Check => ({
      name: `${unchanged}: children whose root was deleted make room for those that come with it`,
      run: async (bench) => {
        await bench.load(mergeOf(1, unchanged, [bob]));
        await bench.load(childrenAlone(2, [ada]));
        const result = await bench.load(mergeOf(3, unchanged, [ada, cleo]));
        await expectContacts(bench, [
          [loadId(1), [bob]],
          [loadId(3), [ada, cleo]],
        ]);
        deepStrictEqual(result.tables["contacts"], { inserted: 2, updated: 0, unchanged: 0, deleted: 0 });
        await bench.load(mergeOf(4, unchanged, [ada]));
        await expectContacts(bench, [
          [loadId(1), [bob]],
          [loadId(unchanged === "keep" ? 3 : 4), [ada]],
          [loadId(3), [cleo]],
        ]);
      },
    })),
    {
      name: "children whose root was deleted go also where the record comes with fewer",
      run: async (bench) => {
        await bench.load(childrenAlone(1, [ada, cleo]));
        const fewer = { id: 1, name: "Ada", tags: [{ value: "vip" }] };
        const none = { id: 3, name: "Cleo" };
        await bench.load(mergeOf(2, "rewrite", [fewer, none]));
        await expectContacts(bench, [[loadId(2), [fewer, none]]]);
      },
    },
    ...(["rewrite", "keep"] as const).map((unchanged): Check => ({
      name: `${unchanged}: children that hang on another root make room for those of the same ids`,
      run: async (bench) => {
        await bench.load(mergeOf(1, unchanged, [bob]));
        await bench.load(childrenAlone(2, [ada], (row) => ({ ...row, _dlt_root_id: "nobody" })));
        await bench.load(mergeOf(3, unchanged, [ada]));
        await expectContacts(bench, [
          [loadId(1), [bob]],
          [loadId(3), [ada]],
        ]);
      },
    })),
    {
      name: "keep: children that are stored twice are a change of their root",
      run: async (bench) => {
        await bench.load(withoutUniqueIds(mergeOf(1, "keep", [ada, cleo])));
        await bench.load(withoutUniqueIds(childrenAlone(2, [ada])));
        const result = await bench.load(withoutUniqueIds(mergeOf(3, "keep", [ada, cleo])));
        const expected = [
          [loadId(3), [ada]],
          [loadId(1), [cleo]],
        ] as const;
        await expectContacts(bench, expected);
        deepStrictEqual(result.tables, {
          contacts: { inserted: 0, updated: 1, unchanged: 1, deleted: 0 },
          contacts__tags: { inserted: 0, updated: 2, unchanged: 1, deleted: 2 },
          contacts__tags__marks: { inserted: 0, updated: 2, unchanged: 1, deleted: 2 },
        });
        await bench.load(withoutUniqueIds(mergeOf(4, "keep", [ada, cleo])));
        await expectContacts(bench, expected);
      },
    },
  ];
}

/** What is left of contacts whose root rows are gone: their children and grandchildren, as a merge wrote them. */
function childrenAlone(n: number, records: readonly Contact[], change = (row: TrialRow): TrialRow => row): TrialLoad {
  const load = contactsLoad({
    loadId: loadId(n),
    writeDisposition: { kind: "append" },
    ids: "by key",
    parts: [records],
  });
  return {
    ...load,
    parts: load.parts
      .filter(({ table }) => table.parent !== undefined)
      .map((part) => ({ ...part, rows: part.rows.map(change) })),
  };
}

/** As a table is where no constraint forbids two rows of one id. */
function withoutUniqueIds(load: TrialLoad): TrialLoad {
  const plain = (table: Table): Table => ({
    ...table,
    columns: table.columns.map(({ unique: _unique, ...column }) => column),
  });
  return {
    ...load,
    chains: load.chains.map((chain) => ({ ...chain, tables: chain.tables.map(plain) })),
    parts: load.parts.map((part) => ({ ...part, table: plain(part.table) })),
  };
}
