import { deepStrictEqual } from "node:assert/strict";
import type { Check } from "../check.ts";
import type { ExpectedCapabilities } from "../conformance-options.ts";
import { type Contact, contactsLoad, contactTables, expectContacts } from "../fixtures/contacts.ts";
import { loadId, type TrialLoad } from "../trial-load.ts";

const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a", "b"] }, { value: "new" }] };
const bob = { id: 2, name: "Bob", tags: [{ value: "x" }] };

function mergeOf(n: number, records: readonly Contact[], hardDelete?: string): TrialLoad {
  const writeDisposition = { kind: "merge", strategy: "insert-only" } as const;
  return contactsLoad({ loadId: loadId(n), writeDisposition, primaryKey: ["id"], hardDelete, parts: [records] });
}

/** A merge that adds keys and never touches a stored row. */
export function insertOnlyChecks({ mergeHints }: ExpectedCapabilities): readonly Check[] {
  return mergeHints.includes("hard-delete") ? [...addingChecks, notAdded] : addingChecks;
}

const notAdded: Check = {
  name: "insert-only: a record that says that it is deleted adds nothing, and deletes nothing",
  run: async (bench) => {
    const gone = { id: 3, name: "gone", tags: [{ value: "c" }] };
    const here = { id: 2, name: null, tags: [{ value: "b" }] };
    await bench.load(mergeOf(1, [ada]));
    const result = await bench.load(
      mergeOf(2, [{ ...ada, tags: [...ada.tags, { value: "late" }] }, here, gone], "name"),
    );
    await expectContacts(bench, [
      [loadId(1), [ada]],
      [loadId(2), [here]],
    ]);
    deepStrictEqual(result.tables["contacts"], { inserted: 1, updated: 0, unchanged: 0, deleted: 0 });
  },
};

const addingChecks: readonly Check[] = [
  {
    name: "insert-only: adds new keys with their children, leaves stored ones as they are",
    run: async (bench) => {
      await bench.load(mergeOf(1, [ada]));
      const result = await bench.load(mergeOf(2, [{ id: 1, name: "changed", tags: [{ value: "more" }] }, bob]));
      await expectContacts(bench, [
        [loadId(1), [ada]],
        [loadId(2), [bob]],
      ]);
      const { inserted, updated, deleted } = result.tables["contacts"] ?? {};
      deepStrictEqual({ inserted, updated, deleted }, { inserted: 1, updated: 0, deleted: 0 });
    },
  },
  {
    name: "insert-only: a child row of a stored root is added when its id is new, else left as it is",
    run: async (bench) => {
      await bench.load(mergeOf(1, [ada, bob]));
      const grown = {
        id: 1,
        name: "changed",
        tags: [{ value: "other", marks: ["c", "d", "e"] }, { value: "x" }, { value: "third" }],
      };
      const result = await bench.load(mergeOf(2, [grown]));
      const [vip, ...others] = ada.tags;
      const expected = {
        ...ada,
        tags: [{ ...vip, value: "vip", marks: ["a", "b", "e"] }, ...others, { value: "third" }],
      };
      await expectContacts(bench, [[loadId(1), [expected, bob]]]);
      deepStrictEqual(result.tables, {
        contacts: { inserted: 0, updated: 0, unchanged: 1, deleted: 0 },
        contacts__tags: { inserted: 1, updated: 0, unchanged: 2, deleted: 0 },
        contacts__tags__marks: { inserted: 1, updated: 0, unchanged: 2, deleted: 0 },
      });
    },
  },
  {
    name: "insert-only: child rows do not come to a stored root that has another id",
    run: async (bench) => {
      const appended = { kind: "append" } as const;
      await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition: appended, parts: [[ada]] }));
      await bench.load(mergeOf(2, [{ ...ada, tags: [...ada.tags, { value: "third" }] }]));
      await expectContacts(bench, [[loadId(1), [ada]]]);
      await bench.expectRows(contactTables[0], [
        { id: "1", name: "Ada", _dlt_load_id: loadId(1), _dlt_id: `${loadId(1)} 1` },
      ]);
    },
  },
  {
    name: "insert-only: of several versions of a new key one is added",
    run: async (bench) => {
      await bench.load(mergeOf(1, [{ id: 2, name: "early", tags: [{ value: "e" }, { value: "f" }] }, bob]));
      await expectContacts(bench, [[loadId(1), [bob]]]);
    },
  },
];
