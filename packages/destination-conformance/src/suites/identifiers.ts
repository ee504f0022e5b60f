import type { Table } from "@typeload/core";
import type { Bench } from "../bench.ts";
import type { Suite } from "../check.ts";
import { loadId, plainLoad } from "../trial-load.ts";

const reserved = `select from where table order group by user default primary check end all and case column constraint
  create current_date desc distinct in index insert into is join key left limit not null offset on or references returning row
  rows set timestamp to true union unique update using values when with`.split(/\s+/);

const hostile = [
  'quote"inside',
  'two""quotes',
  '"; DROP TABLE samples; --',
  "it's",
  "back`tick",
  "back\\slash",
  "[brackets]",
  "semi;colon",
  "dash--dash",
  "/*comment*/",
  "per%cent",
  "$1",
  ":name",
  "?",
  "{brace}",
  "sp ace",
  "ünïcödé",
  "日本語",
  "🦚",
];

/** Names that are hard to quote, and names as long as they may be. */
export const identifiers: Suite = {
  name: "identifiers",
  checks: [
    { name: "reserved words are names", run: (bench) => everywhere(bench, reserved) },
    { name: "quotes, SQL and odd characters in names do no harm", run: (bench) => everywhere(bench, hostile) },
    {
      name: "members of every JavaScript object are names",
      run: (bench) =>
        everywhere(bench, ["__proto__", "constructor", "prototype", "tostring", "hasownproperty", "length"]),
    },
    { name: "the longest names are kept apart to their last character", run: longestNames },
  ],
};

/** Each name as a column of one table, and as a table of its own; loaded twice, the second time by key where that is possible. */
async function everywhere(bench: Bench, names: readonly string[]): Promise<void> {
  const wide = tableOf("samples", names);
  const cells = Object.fromEntries(names.map((name, index) => [name, `cell ${index}`]));
  await bench.load(plainLoad({ loadId: loadId(1), writeDisposition: { kind: "append" }, table: wide, rows: [cells] }));
  await bench.expectRows(wide, [cells]);

  const tables = names.slice(0, 12).map((name) => tableOf(name, [name, "_dlt_id"]));
  await bench.load({
    loadId: loadId(2),
    chains: tables.map((table) => ({ tables: [table], writeDisposition: { kind: "append" } })),
    parts: tables.map((table) => ({ table, part: 0, rows: [{ [table.name]: "old", _dlt_id: "1" }] })),
  });
  const merges = bench.destination.capabilities.mergeStrategies.includes("delete-insert");
  if (merges) {
    await bench.load({
      loadId: loadId(3),
      chains: tables.map((table) => ({
        tables: [table],
        writeDisposition: { kind: "merge", strategy: "delete-insert" },
        primaryKey: [table.name],
        unchanged: "keep",
      })),
      parts: tables.map((table) => ({ table, part: 0, rows: [{ [table.name]: "old", _dlt_id: "2" }] })),
    });
  }
  for (const table of tables) await bench.expectRows(table, [{ [table.name]: "old", _dlt_id: merges ? "2" : "1" }]);
}

async function longestNames(bench: Bench): Promise<void> {
  const { maxColumnNameLength, maxTableNameLength } = bench.destination.capabilities;
  const columns = ["x", "y"].map((end) => longest(maxColumnNameLength, end));
  const tables = ["x", "y"].map((end) => tableOf(longest(maxTableNameLength, end), columns));
  await bench.load({
    loadId: loadId(1),
    chains: tables.map((table) => ({ tables: [table], writeDisposition: { kind: "append" } })),
    parts: tables.map((table) => ({ table, part: 0, rows: [rowOf(table, columns)] })),
  });
  for (const table of tables) await bench.expectRows(table, [rowOf(table, columns)]);
}

/** As long as the destination says, or 300 where it knows hardly a limit. */
function longest(limit: number, end: string): string {
  return "long_name_".repeat(30).slice(0, Math.min(limit, 300) - 1) + end;
}

function rowOf({ name }: Table, columns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(columns.map((column) => [column, `${name.slice(-1)} ${column.slice(-1)}`]));
}

function tableOf(name: string, columns: readonly string[]): Table {
  const unique = [...new Set(columns)];
  return { name, resource: name, columns: unique.map((column) => ({ name: column, dataType: "text" })) };
}
