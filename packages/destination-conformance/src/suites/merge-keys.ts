import type { MergeStrategy, Table } from "@typeload/core";
import type { Check } from "../check.ts";
import { contactsLoad, contactTables, expectContacts } from "../fixtures/contacts.ts";
import { loadId, plainLoad, type TrialLoad, type TrialRow } from "../trial-load.ts";

const readings: Table = {
  name: "readings",
  resource: "readings",
  columns: [
    { name: "place", dataType: "text" },
    { name: "day", dataType: "date" },
    { name: "value", dataType: "double" },
    { name: "_dlt_id", dataType: "text", rowKey: true, unique: true },
  ],
};

/** By what rows are the same. */
export function keyChecks(strategy: MergeStrategy): readonly Check[] {
  const writeDisposition = { kind: "merge", strategy } as const;
  const readingsLoad = (n: number, primaryKey: readonly string[], rows: readonly TrialRow[]): TrialLoad =>
    plainLoad({ loadId: loadId(n), writeDisposition, primaryKey, table: readings, rows });

  return [
    {
      name: "a key of several columns is one key",
      run: async (bench) => {
        const row = (place: string, day: string, value: number, id: string): TrialRow => ({
          place,
          day,
          value,
          _dlt_id: id,
        });
        const key = ["place", "day"];
        await bench.load(readingsLoad(1, key, [row("a", "2026-01-01", 1, "1"), row("a", "2026-01-02", 2, "2")]));
        await bench.load(readingsLoad(2, key, [row("a", "2026-01-02", 3, "2"), row("b", "2026-01-01", 4, "3")]));
        await bench.expectRows(readings, [
          { place: "a", day: "2026-01-01", value: "1", _dlt_id: "1" },
          { place: "a", day: "2026-01-02", value: "3", _dlt_id: "2" },
          { place: "b", day: "2026-01-01", value: "4", _dlt_id: "3" },
        ]);
      },
    },
    {
      name: "text keys are the same only when every character is",
      run: async (bench) => {
        const places = ["a", "A", "a ", "\u00e1", "a\u0301", ""];
        const rows = places.map((place, index) => ({ place, day: null, value: index, _dlt_id: String(index) }));
        await bench.load(readingsLoad(1, ["place"], rows));
        await bench.load(readingsLoad(2, ["place"], rows));
        await bench.expectRows(
          readings,
          rows.map((row) => ({ ...row, value: String(row.value) })),
        );
      },
    },
    {
      name: "without a key rows are the same by their id",
      run: async (bench) => {
        const row = (value: number): TrialRow => ({ place: "a", day: null, value, _dlt_id: `content ${value}` });
        await bench.load(readingsLoad(1, [], [row(1), row(2)]));
        await bench.load(readingsLoad(2, [], [row(2), row(3), row(3)]));
        await bench.expectRows(
          readings,
          [1, 2, 3].map((value) => ({ place: "a", day: null, value: String(value), _dlt_id: `content ${value}` })),
        );
      },
    },
    {
      name: "a key that was stored twice becomes one row",
      run: async (bench) => {
        const old = { id: 1, name: "old", tags: [{ value: "old", marks: ["old"] }] };
        const other = { id: 2, name: "other", tags: [{ value: "other" }] };
        await bench.load(
          contactsLoad({ loadId: loadId(1), writeDisposition: { kind: "append" }, parts: [[old, old, other]] }),
        );
        const merged = { id: 1, name: "new", tags: [{ value: "new" }] };
        await bench.load(contactsLoad({ loadId: loadId(2), writeDisposition, primaryKey: ["id"], parts: [[merged]] }));
        await expectContacts(bench, [
          [loadId(1), [other]],
          [loadId(2), [merged]],
        ]);
      },
    },
    {
      name: "rows under ids of another writer are found by the key, with their children",
      run: async (bench) => {
        const old = { id: 1, name: "same", tags: [{ value: "a" }, { value: "b" }] };
        const chain = { writeDisposition, primaryKey: ["id"], ids: "by position" } as const;
        await bench.load(contactsLoad({ loadId: loadId(1), ...chain, parts: [[old]] }));
        const merged = { id: 1, name: "same", tags: [{ value: "a" }] };
        await bench.load(contactsLoad({ loadId: loadId(2), writeDisposition, primaryKey: ["id"], parts: [[merged]] }));
        await expectContacts(bench, [[loadId(2), [merged]]]);
        await bench.expectRows(contactTables[0], [
          { id: "1", name: "same", _dlt_load_id: loadId(2), _dlt_id: "key 1" },
        ]);
      },
    },
  ];
}
