import { deepStrictEqual } from "node:assert/strict";
import type { MergeStrategy } from "@typeload/core";
import type { Check } from "../check.ts";
import { type Contact, contactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { loadId, type TrialLoad } from "../trial-load.ts";

const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a", "b"] }, { value: "new" }] };
const bob = { id: 2, name: "Bob" };
const cleo = { id: 3, name: "Cleo", tags: [{ value: "vip", marks: ["c"] }] };

/** What a merge writes, and what it leaves. */
export function writingChecks(strategy: MergeStrategy): readonly Check[] {
  const mergeOf = (n: number, ...parts: readonly (readonly Contact[])[]): TrialLoad =>
    contactsLoad({ loadId: loadId(n), writeDisposition: { kind: "merge", strategy }, primaryKey: ["id"], parts });

  return [
    {
      name: "adds new keys, replaces stored ones, leaves the others",
      run: async (bench) => {
        await bench.load(mergeOf(1, [ada, bob]));
        const robert = { id: 2, name: "Robert" };
        const result = await bench.load(mergeOf(2, [robert], [cleo]));
        await expectContacts(bench, [
          [loadId(1), [ada]],
          [loadId(2), [robert, cleo]],
        ]);
        deepStrictEqual(result.tables["contacts"], { inserted: 1, updated: 1, unchanged: 0, deleted: 0 });
      },
    },
    {
      name: "children go and come with their root",
      run: async (bench) => {
        await bench.load(mergeOf(1, [ada, bob, cleo]));
        const fewer = { id: 1, name: "Ada", tags: [{ value: "new", marks: ["z"] }] };
        const more = { id: 2, name: "Bob", tags: [{ value: "x" }, { value: "y", marks: ["m", "n"] }] };
        const none = { id: 3, name: "Cleo" };
        await bench.load(mergeOf(2, [fewer, more, none]));
        await expectContacts(bench, [[loadId(2), [fewer, more, none]]]);
      },
    },
    {
      name: "children of replaced rows go although the load has no rows of their table",
      run: async (bench) => {
        await bench.load(mergeOf(1, [ada, cleo]));
        const bare = { id: 1, name: "Ada without lists" };
        await bench.load(mergeOf(2, [bare]));
        await expectContacts(bench, [
          [loadId(2), [bare]],
          [loadId(1), [cleo]],
        ]);
      },
    },
    {
      name: "of several versions of a key the last one received wins, with its children and no others",
      run: async (bench) => {
        await bench.load(mergeOf(1, [{ id: 1, name: "stored", tags: [{ value: "stored" }] }]));
        const versions = ["first", "second", "third"].map((name, index) => ({
          id: 1,
          name,
          tags: Array.from({ length: 3 - index }, () => ({ value: name, marks: [name] })),
        }));
        await bench.load(mergeOf(2, [...versions, bob]));
        await expectContacts(bench, [[loadId(2), [...versions.slice(2), bob]]]);
      },
    },
    {
      name: "the last version wins also when its part was staged first",
      run: async (bench) => {
        const old = { id: 1, name: "old", tags: [{ value: "old" }, { value: "old too" }] };
        const newer = { id: 1, name: "newer", tags: [{ value: "newer" }] };
        const load = mergeOf(1, [old, bob], [newer]);
        await using attempt = await bench.begin(load);
        await attempt.stage([...load.parts].reverse());
        await attempt.commit();
        await expectContacts(bench, [[loadId(1), [newer, bob]]], attempt.session);
      },
    },
    {
      name: "a load without rows leaves the tables as they were",
      run: async (bench) => {
        await bench.load(mergeOf(1, [ada]));
        await bench.load(mergeOf(2));
        await expectContacts(bench, [[loadId(1), [ada]]]);
      },
    },
    {
      name: "a stored cell that came back empty is emptied",
      run: async (bench) => {
        await bench.load(mergeOf(1, [bob]));
        await bench.load(mergeOf(2, [{ id: 2, name: null }]));
        await expectContacts(bench, [[loadId(2), [{ id: 2, name: null }]]]);
      },
    },
    {
      name: "many keys, half of them stored",
      run: async (bench) => {
        const people = (from: number, name: string): readonly Contact[] =>
          Array.from({ length: 2000 }, (_, index) => ({ id: from + index, name, tags: [{ value: name }] }));
        await bench.load(mergeOf(1, people(0, "before")));
        await bench.load(mergeOf(2, people(1000, "after")));
        await expectContacts(bench, [
          [loadId(1), people(0, "before").slice(0, 1000)],
          [loadId(2), people(1000, "after")],
        ]);
      },
    },
  ];
}
