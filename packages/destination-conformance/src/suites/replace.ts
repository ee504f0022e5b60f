import { deepStrictEqual } from "node:assert/strict";
import type { Check, Suite } from "../check.ts";
import { contactsLoad, contactTables, expectContacts } from "../fixtures/contacts.ts";
import { loadId, plainLoad } from "../trial-load.ts";

const writeDisposition = { kind: "replace" } as const;
const applies: Check["applies"] = (expects) => expects.writeDispositions.includes("replace");
const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a", "b"] }, { value: "new" }] };
const bob = { id: 2, name: "Bob" };
const cleo = { id: 3, name: "Cleo", tags: [{ value: "vip", marks: ["c"] }] };

/** Rows take the place of all that is there. */
export const replace: Suite = {
  name: "replace",
  checks: [
    {
      name: "takes the place of all rows and children",
      applies,
      run: async (bench) => {
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada, bob], [cleo]] }));
        await expectContacts(bench, [[loadId(1), [ada, bob, cleo]]]);
        const again = { ...cleo, name: "Cleopatra" };
        const result = await bench.load(contactsLoad({ loadId: loadId(2), writeDisposition, parts: [[again]] }));
        await expectContacts(bench, [[loadId(2), [again]]]);
        deepStrictEqual(result.tables["contacts"], { inserted: 1, updated: 0, unchanged: 0, deleted: 3 });
      },
    },
    {
      name: "empties child tables that get no rows",
      applies,
      run: async (bench) => {
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada, cleo]] }));
        await bench.load(contactsLoad({ loadId: loadId(2), writeDisposition, parts: [[bob]] }));
        await expectContacts(bench, [[loadId(2), [bob]]]);
      },
    },
    {
      name: "by nothing empties the tables",
      applies,
      run: async (bench) => {
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada, bob]] }));
        await bench.load(contactsLoad({ loadId: loadId(2), writeDisposition, parts: [] }));
        await expectContacts(bench, []);
      },
    },
    {
      name: "keeps rows that the new load has twice",
      applies,
      run: async (bench) => {
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[bob, bob], [bob]] }));
        await expectContacts(bench, [[loadId(1), [bob, bob, bob]]]);
      },
    },
    {
      name: "leaves other tables alone",
      applies,
      run: async (bench) => {
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada]] }));
        const table = { name: "sites", resource: "sites", columns: [{ name: "url", dataType: "text" as const }] };
        await bench.load(plainLoad({ loadId: loadId(2), writeDisposition, table, rows: [{ url: "a" }] }));
        await bench.load(plainLoad({ loadId: loadId(3), writeDisposition, table, rows: [{ url: "b" }] }));
        await expectContacts(bench, [[loadId(1), [ada]]]);
        await bench.expectRows(table, [{ url: "b" }]);
      },
    },
    {
      name: "shows the old rows until the commit",
      applies,
      run: async (bench) => {
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada]] }));
        await using attempt = await bench.begin(contactsLoad({ loadId: loadId(2), writeDisposition, parts: [[cleo]] }));
        await attempt.stage();
        await expectContacts(bench, [[loadId(1), [ada]]], attempt.session);
        await attempt.commit();
        await expectContacts(bench, [[loadId(2), [cleo]]], attempt.session);
        deepStrictEqual((await bench.rows(contactTables[2], attempt.session)).length, 1);
      },
    },
  ],
};
