import type { Column, DataType, Table } from "@typeload/core";
import type { Bench } from "../bench.ts";
import { canonicalCell } from "../canonical-cell.ts";
import type { Check, Suite } from "../check.ts";
import { expectFailure } from "../expect-failure.ts";
import { contactsLoad, contactTables, expectContacts } from "../fixtures/contacts.ts";
import { batchesOf } from "../trial-attempt.ts";
import { loadId, plainLoad, type TrialLoad, type TrialPart } from "../trial-load.ts";

const append = { kind: "append" } as const;

function sites(...columns: readonly Column[]): Table {
  return { name: "sites", resource: "sites", columns: [{ name: "id", dataType: "bigint" }, ...columns] };
}

const url: Column = { name: "url", dataType: "text" };
const opened: Column = { name: "opened", dataType: "date" };

/** Tables that grow while rows are in them. */
export const schemaEvolution: Suite = {
  name: "schema evolution",
  checks: ({ widenings }): readonly Check[] => [
    ...growth,
    ...widenings.map(({ from, to, looksAtValues = false }) => ({
      name: `widens ${from} to ${to} in the middle of a load and keeps every value`,
      run: (bench: Bench) => widen(bench, from, to, looksAtValues),
    })),
    ...widenings
      .filter(({ looksAtValues }) => looksAtValues === true)
      .map(({ from, to }) => ({
        name: `refuses to widen ${from} to ${to} where a stored value would change, and then nothing has changed`,
        run: (bench: Bench) => refuseWidening(bench, from, to),
      })),
  ],
};

const growth: readonly Check[] = [
  {
    name: "prepare may be repeated, and changes nothing by itself",
    run: async (bench) => {
      const load = plainLoad({
        loadId: loadId(1),
        writeDisposition: append,
        table: sites(url),
        rows: [{ id: 1, url: "a" }],
      });
      {
        await using abandoned = await bench.begin(load);
        await abandoned.prepare();
        await bench.expectRows(sites(url), [], abandoned.session);
      }
      await bench.load(load);
      await using attempt = await bench.begin({ ...load, loadId: loadId(2) });
      await attempt.prepare();
      await bench.expectRows(sites(url), [{ id: "1", url: "a" }], attempt.session);
    },
  },
  {
    name: "a column of a later load is null in the rows that were there",
    run: async (bench) => {
      const old = plainLoad({ loadId: loadId(1), writeDisposition: append, table: sites(), rows: [{ id: 1 }] });
      await bench.load(old);
      const rows = [{ id: 2, url: "b", opened: "2026-01-01" }];
      await bench.load(plainLoad({ loadId: loadId(2), writeDisposition: append, table: sites(url, opened), rows }));
      await bench.expectRows(sites(url, opened), [
        { id: "1", url: null, opened: null },
        { id: "2", url: "b", opened: "2026-01-01" },
      ]);
    },
  },
  { name: "a column that appears between two parts", run: (bench) => growInMidLoad(bench, "between parts") },
  {
    name: "a column that appears between two batches of a part",
    run: (bench) => growInMidLoad(bench, "between batches"),
  },
  {
    name: "a column that a load does not know stays, and is null in its rows",
    run: async (bench) => {
      const rows = [{ id: 1, url: "a", opened: "2026-01-01" }];
      await bench.load(plainLoad({ loadId: loadId(1), writeDisposition: append, table: sites(url, opened), rows }));
      await bench.load(
        plainLoad({
          loadId: loadId(2),
          writeDisposition: append,
          table: sites(opened),
          rows: [{ id: 2, opened: null }],
        }),
      );
      await bench.expectRows(sites(url, opened), [
        { id: "1", url: "a", opened: "2026-01-01" },
        { id: "2", url: null, opened: null },
      ]);
    },
  },
  {
    name: "a column without a type is not made",
    run: async (bench) => {
      const table = sites(url, { name: "nobody_knows" });
      await bench.load(plainLoad({ loadId: loadId(1), writeDisposition: append, table, rows: [{ id: 1, url: "a" }] }));
      await bench.expectRows(table, [{ id: "1", url: "a" }]);
    },
  },
  {
    name: "child tables that a later load brings",
    run: async (bench) => {
      const [contacts] = contactTables;
      const bob = { id: 2, name: "Bob" };
      const load = contactsLoad({ loadId: loadId(1), writeDisposition: append, parts: [[bob]] });
      await bench.load({ ...load, chains: [{ tables: [contacts], writeDisposition: append }] });
      const ada = { id: 1, name: "Ada", tags: [{ value: "vip", marks: ["a"] }] };
      await bench.load(contactsLoad({ loadId: loadId(2), writeDisposition: append, parts: [[ada]] }));
      await expectContacts(bench, [
        [loadId(1), [bob]],
        [loadId(2), [ada]],
      ]);
    },
  },
  {
    name: "a merged table that gets a column: rows with it are changed, rows without it are not",
    applies: ({ mergeStrategies }) => mergeStrategies.includes("delete-insert"),
    run: async (bench) => {
      const id: Column = { name: "_dlt_id", dataType: "text", rowKey: true, unique: true };
      const load: Column = { name: "_dlt_load_id", dataType: "text" };
      const merge = { writeDisposition: { kind: "merge", strategy: "delete-insert" }, primaryKey: ["id"] } as const;
      const before = [1, 2].map((n) => ({ id: n, _dlt_id: `key ${n}` }));
      await bench.load(
        plainLoad({ loadId: loadId(1), ...merge, unchanged: "keep", table: sites(load, id), rows: before }),
      );
      const after = before.map((row) => ({ ...row, url: row.id === 1 ? "a" : null }));
      const grown = sites(load, id, url);
      await bench.load(plainLoad({ loadId: loadId(2), ...merge, unchanged: "keep", table: grown, rows: after }));
      await bench.expectRows(grown, [
        { id: "1", url: "a", _dlt_id: "key 1", _dlt_load_id: loadId(2) },
        { id: "2", url: null, _dlt_id: "key 2", _dlt_load_id: loadId(1) },
      ]);
    },
  },
];

async function growInMidLoad(bench: Bench, when: "between parts" | "between batches"): Promise<void> {
  const grown = sites(url);
  const first: TrialPart = { table: sites(), part: 0, rows: [{ id: 1 }, { id: 2 }] };
  const second: TrialPart = { table: grown, part: 1, rows: [{ id: 3, url: "c" }, { id: 4 }] };
  const chains = [{ tables: [grown], writeDisposition: append }];
  const load: TrialLoad = { loadId: loadId(1), chains, parts: [first, second] };
  if (when === "between parts") {
    await using attempt = await bench.begin({ ...load, chains: [{ tables: [sites()], writeDisposition: append }] });
    await attempt.stage([first]);
    await attempt.continueAs(load);
    await attempt.stage([second]);
    await attempt.commit();
  } else {
    const both = { ...second, part: 0, rows: [...first.rows, ...second.rows] };
    await using attempt = await bench.begin({ ...load, parts: [both] });
    await attempt.stageBatches(both, [...batchesOf(first), ...batchesOf(second)]);
    await attempt.commit();
  }
  await bench.expectRows(grown, [
    { id: "1", url: null },
    { id: "2", url: null },
    { id: "3", url: "c" },
    { id: "4", url: null },
  ]);
}

/** Values that fit before and after, and one that needs the wider type. */
const before: Partial<Record<DataType, readonly (string | bigint | null)[]>> = {
  bigint: [0n, -1n, 9223372036854775807n, -9223372036854775808n, 9007199254740993n, null],
  date: ["1970-01-01", "0001-01-01", "9999-12-31", null],
  bool: [null],
};
const after: Partial<Record<DataType, readonly (string | number | null)[]>> = {
  decimal: ["0.5", "-12345.678", null],
  wei: ["12345678901234567890123", null],
  double: [0.5, -1e300, null],
  timestamp: ["2026-01-02T03:04:05.000006Z", null],
  text: ["any text", "", null],
  json: ['{"a":1}', null],
};

/** Values of a type that the other type holds exactly. */
const alike: typeof before = { bigint: [0n, -1n, 9007199254740992n, -9007199254740992n, null] };

async function refuseWidening(bench: Bench, from: DataType, to: DataType): Promise<void> {
  const narrow = sites({ name: "value", dataType: from });
  const wide = sites({ name: "value", dataType: to });
  const rows = (before[from] ?? [null]).map((value, index) => ({ id: index, value }));
  const load = plainLoad({ loadId: loadId(1), writeDisposition: append, table: narrow, rows });
  await bench.load(load);
  {
    await using attempt = await bench.begin({ ...load, loadId: loadId(2), parts: [] });
    const widened = { ...load, loadId: loadId(2), chains: [{ tables: [wide], writeDisposition: append }], parts: [] };
    await expectFailure(attempt.continueAs(widened), "widening_refused");
  }
  await bench.load({ ...load, loadId: loadId(3) });
  const cell = (value: unknown): string | null => canonicalCell(value, { name: "value", dataType: from });
  const kept = rows.map(({ id, value }) => ({ id: String(id), value: cell(value) }));
  await bench.expectRows(narrow, [...kept, ...kept]);
}

async function widen(bench: Bench, from: DataType, to: DataType, looksAtValues: boolean): Promise<void> {
  const narrow = sites({ name: "value", dataType: from });
  const wide = sites({ name: "value", dataType: to });
  const old = ((looksAtValues ? alike : before)[from] ?? [null]).map((value, index) => ({ id: index, value }));
  const young = (after[to] ?? [null]).map((value, index) => ({ id: 100 + index, value }));
  await bench.load(plainLoad({ loadId: loadId(1), writeDisposition: append, table: narrow, rows: old }));

  const first: TrialPart = { table: narrow, tableVersion: 1, part: 0, rows: old };
  const second: TrialPart = { table: wide, tableVersion: 2, part: 0, rows: young };
  const chains = [{ tables: [wide], writeDisposition: append }];
  const load: TrialLoad = { loadId: loadId(2), chains, parts: [first, second] };
  {
    await using attempt = await bench.begin({ ...load, chains: [{ tables: [narrow], writeDisposition: append }] });
    await attempt.stage([first]);
    await attempt.continueAs(load);
    await attempt.stage([second]);
    await attempt.commit();
  }
  const cell = (value: unknown, dataType: DataType): string | null => canonicalCell(value, { name: "value", dataType });
  const midnight = (date: string | null): string | null => date && `${date}T00:00:00.000000Z`;
  const kept = old.map(({ id, value }) => ({
    id: String(id),
    value: from === "date" ? midnight(cell(value, from)) : cell(value, from),
  }));
  const added = young.map(({ id, value }) => ({ id: String(id), value: cell(value, to) }));
  await bench.expectRows(wide, [...kept, ...kept, ...added]);
}
