import { deepStrictEqual } from "node:assert/strict";
import type { Check } from "../check.ts";
import { type Contact, contactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { loadId, type TrialLoad } from "../trial-load.ts";

const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a", "b"] }, { value: "new" }] };
const bob = { id: 2, name: "Bob", tags: [{ value: "x" }] };

function mergeOf(n: number, records: readonly Contact[]): TrialLoad {
  const writeDisposition = { kind: "merge", strategy: "insert-only" } as const;
  return contactsLoad({ loadId: loadId(n), writeDisposition, primaryKey: ["id"], parts: [records] });
}

/** A merge that adds keys and never touches a stored one. */
export const insertOnlyChecks: readonly Check[] = [
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
    name: "insert-only: of several versions of a new key one is added",
    run: async (bench) => {
      await bench.load(mergeOf(1, [{ id: 2, name: "early", tags: [{ value: "e" }, { value: "f" }] }, bob]));
      await expectContacts(bench, [[loadId(1), [bob]]]);
    },
  },
];
