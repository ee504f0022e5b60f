import type { DedupOrder, MergeStrategy, Table } from "@typeload/core";
import type { Check } from "../check.ts";
import { type Contact, contactsLoad, expectContacts } from "../fixtures/contacts.ts";
import { loadId, plainLoad, type TrialLoad, type TrialRow } from "../trial-load.ts";

const versions: Table = {
  name: "versions",
  resource: "versions",
  columns: [
    { name: "id", dataType: "bigint" },
    { name: "number", dataType: "bigint" },
    { name: "amount", dataType: "decimal" },
    { name: "label", dataType: "text" },
    { name: "at", dataType: "timestamp" },
    { name: "_dlt_id", dataType: "text", rowKey: true, unique: true },
  ],
};

/** Which of several versions of a key in one load is written, where a column decides. */
export function dedupSortChecks(strategy: MergeStrategy): readonly Check[] {
  const writeDisposition = { kind: "merge", strategy } as const;
  const contactsBy = (order: DedupOrder, n: number, ...parts: readonly (readonly Contact[])[]): TrialLoad =>
    contactsLoad({
      loadId: loadId(n),
      writeDisposition,
      primaryKey: ["id"],
      dedupSort: { column: "name", order },
      parts,
    });
  const named = (name: string | null, tag: string): Contact => ({ id: 1, name, tags: [{ value: tag, marks: [tag] }] });

  return [
    {
      name: "dedup sort: the greatest value wins, whenever it came, with its children and no others",
      run: async (bench) => {
        await bench.load(contactsBy("desc", 1, [named("b", "first"), named("c", "second")], [named("a", "third")]));
        await expectContacts(bench, [[loadId(1), [named("c", "second")]]]);
      },
    },
    {
      name: "dedup sort: ascending, the least value wins",
      run: async (bench) => {
        await bench.load(contactsBy("asc", 1, [named("b", "first"), named("a", "second")], [named("c", "third")]));
        await expectContacts(bench, [[loadId(1), [named("a", "second")]]]);
      },
    },
    {
      name: "dedup sort: of equal values the last one received wins",
      run: async (bench) => {
        await bench.load(contactsBy("desc", 1, [named("b", "first"), named("b", "second"), named("a", "third")]));
        await expectContacts(bench, [[loadId(1), [named("b", "second")]]]);
        await bench.load(contactsBy("asc", 2, [named("b", "first"), named("b", "second"), named("c", "third")]));
        await expectContacts(bench, [[loadId(2), [named("b", "second")]]]);
      },
    },
    {
      name: "dedup sort: null counts as greater than every value",
      run: async (bench) => {
        await bench.load(contactsBy("desc", 1, [named("b", "first"), named(null, "second"), named("c", "third")]));
        await expectContacts(bench, [[loadId(1), [named(null, "second")]]]);
        await bench.load(contactsBy("asc", 2, [named(null, "first"), named("c", "second"), named(null, "third")]));
        await expectContacts(bench, [[loadId(2), [named("c", "second")]]]);
      },
    },
    {
      name: "dedup sort: what is stored is not looked at",
      run: async (bench) => {
        await bench.load(contactsBy("desc", 1, [named("z", "before")]));
        await bench.load(contactsBy("desc", 2, [named("a", "after")]));
        await expectContacts(bench, [[loadId(2), [named("a", "after")]]]);
      },
    },
    ...orders.map(({ column, values, greatest }): Check => ({
      name: `dedup sort: orders ${column} by value`,
      run: async (bench) => {
        const rows = values.map((value, index): TrialRow => ({ id: 1, [column]: value, _dlt_id: `${index}` }));
        const load = { loadId: loadId(1), writeDisposition, primaryKey: ["id"], table: versions, rows };
        await bench.load(plainLoad({ ...load, dedupSort: { column, order: "desc" } }));
        const empty = { id: "1", number: null, amount: null, label: null, at: null };
        const index = values.indexOf(greatest.value);
        await bench.expectRows(versions, [{ ...empty, [column]: greatest.canonical, _dlt_id: `${index}` }]);
      },
    })),
  ];
}

/** Values of which another order than theirs makes another one the greatest: as text, by a locale, by the clock on the wall. */
const orders: readonly {
  readonly column: string;
  readonly values: readonly (string | number)[];
  readonly greatest: { readonly value: string | number; readonly canonical: string };
}[] = [
  { column: "number", values: [9, 10, -11], greatest: { value: 10, canonical: "10" } },
  { column: "amount", values: ["9.5", "10.25", "-11"], greatest: { value: "10.25", canonical: "10.25" } },
  { column: "label", values: ["b", "Z", "a"], greatest: { value: "b", canonical: "b" } },
  {
    column: "at",
    values: ["2026-01-02T00:00:00+09:00", "2026-01-01T23:00:00Z", "2026-01-01T20:00:00-02:00"],
    greatest: { value: "2026-01-01T23:00:00Z", canonical: "2026-01-01T23:00:00.000000Z" },
  },
];
