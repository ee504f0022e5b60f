import { deepStrictEqual } from "node:assert/strict";
import type { Table } from "@typeload/core";
import type { Suite } from "../check.ts";
import { contactsLoad, contactTables, expectContacts } from "../fixtures/contacts.ts";
import { loadId, plainLoad } from "../trial-load.ts";

const writeDisposition = { kind: "append" } as const;
const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a", "b"] }, { value: "new" }] };
const bob = { id: 2, name: null };
const cleo = { id: 3, name: "Cleo", tags: [{ value: "vip" }] };

/** Rows are added to what is there. */
export const append: Suite = {
  name: "append",
  checks: [
    {
      name: "adds the rows of every part, with their children",
      run: async (bench) => {
        const result = await bench.load(
          contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada, bob], [cleo]] }),
        );
        await expectContacts(bench, [[loadId(1), [ada, bob, cleo]]]);
        deepStrictEqual(result, {
          alreadyCommitted: false,
          tables: {
            contacts: { inserted: 3, updated: 0, unchanged: 0, deleted: 0 },
            contacts__tags: { inserted: 3, updated: 0, unchanged: 0, deleted: 0 },
            contacts__tags__marks: { inserted: 2, updated: 0, unchanged: 0, deleted: 0 },
          },
        });
      },
    },
    {
      name: "leaves what earlier loads wrote, and adds equal rows again",
      run: async (bench) => {
        for (const n of [1, 2, 3])
          await bench.load(
            contactsLoad({ loadId: loadId(n), writeDisposition, parts: [n === 2 ? [bob] : [ada, ada]] }),
          );
        await expectContacts(bench, [
          [loadId(1), [ada, ada]],
          [loadId(2), [bob]],
          [loadId(3), [ada, ada]],
        ]);
      },
    },
    {
      name: "a load without rows leaves the table as it was",
      run: async (bench) => {
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada]] }));
        await bench.load(contactsLoad({ loadId: loadId(2), writeDisposition, parts: [] }));
        await expectContacts(bench, [[loadId(1), [ada]]]);
      },
    },
    {
      name: "parts may come in any order",
      run: async (bench) => {
        const load = contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada], [bob], [cleo]] });
        await using attempt = await bench.begin(load);
        await attempt.stage([...load.parts].reverse());
        await attempt.commit();
        await expectContacts(bench, [[loadId(1), [ada, bob, cleo]]], attempt.session);
      },
    },
    {
      name: "one load fills several root tables",
      run: async (bench) => {
        const contacts = contactsLoad({ loadId: loadId(1), writeDisposition, parts: [[ada]] });
        const sites: Table = { name: "sites", resource: "sites", columns: [{ name: "url", dataType: "text" }] };
        const other = plainLoad({
          loadId: loadId(1),
          writeDisposition,
          table: sites,
          rows: [{ url: "a" }, { url: "b" }],
        });
        await bench.load({
          loadId: loadId(1),
          chains: [...contacts.chains, ...other.chains],
          parts: [...contacts.parts, ...other.parts],
        });
        await expectContacts(bench, [[loadId(1), [ada]]]);
        await bench.expectRows(sites, [{ url: "a" }, { url: "b" }]);
      },
    },
    {
      name: "more rows than a batch holds arrive whole",
      run: async (bench) => {
        const many = Array.from({ length: 20_000 }, (_, index) => ({ id: index, name: `contact ${index}` }));
        const parts = [many.slice(0, 12_000), many.slice(12_000)];
        await bench.load(contactsLoad({ loadId: loadId(1), writeDisposition, parts }));
        const [contacts] = contactTables;
        const rows = await bench.rows(contacts);
        deepStrictEqual(
          [rows.length, new Set(rows.map((row) => `${row["id"]} ${row["name"]}`)).size],
          [20_000, 20_000],
        );
      },
    },
  ],
};
