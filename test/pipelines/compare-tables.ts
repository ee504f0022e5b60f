import { expect } from "vitest";
import { instantKey, jsonKey, numberKey, NumberText, parseExact } from "./exact-json.ts";
import { addressWithoutKey } from "./expected-tables.ts";
import type { ExpectedTable } from "./expected-tables.ts";

/** A row as plain SQL gave it. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** Reads a table: every row, every column. Values as `DestinationSession.query` gives them. */
export type ReadTable = (table: string) => Promise<readonly SqlRow[]>;

/**
 * Holds every table against what it must be: the same rows by address (so every child hangs on the right parent, at the right place), and in
 * each row the same cells, none missing and none too many. A cell may stand in a variant column (`age__v_double`).
 */
export async function compareTables(
  expected: ReadonlyMap<string, ExpectedTable>,
  readTable: ReadTable,
  keys: Readonly<Record<string, string>>,
): Promise<void> {
  const addresses = new Map<string, string>();
  for (const [table, rows] of expected) {
    const stored = await readTable(table);
    const found = new Map<string, SqlRow>();
    for (const row of stored) {
      const address = addressOf(row, found, addresses, keys[table]);
      addresses.set(String(row["_dlt_id"]), address);
      expect(found.has(address), `${table}: ${address} stands there twice`).toBe(false);
      found.set(address, row);
    }
    expect([...found.keys()].toSorted(), `rows of ${table}`).toEqual([...rows.keys()].toSorted());
    const wrong: string[] = [];
    for (const [address, cells] of rows) wrong.push(...differences(table, address, cells, found.get(address) ?? {}));
    expect(wrong.slice(0, 10), `cells of ${table}`).toEqual([]);
  }
}

function addressOf(
  row: SqlRow,
  found: ReadonlyMap<string, unknown>,
  addresses: ReadonlyMap<string, string>,
  key: string | undefined,
): string {
  const parent = row["_dlt_parent_id"];
  if (typeof parent === "string")
    return `${addresses.get(parent) ?? `no parent ${parent}`}/${String(row["_dlt_list_idx"])}`;
  if (key !== undefined) return String(row[key]);
  return addressWithoutKey(
    found,
    jsonKey(row["contact_id"]) + instantKey(String(row["creation_date"])) + jsonKey(row["message"] ?? null),
  );
}

function differences(table: string, address: string, cells: ReadonlyMap<string, unknown>, row: SqlRow): string[] {
  const stored = new Map<string, unknown>();
  for (const [column, value] of Object.entries(row)) {
    if (value === null || column.startsWith("_dlt_")) continue;
    const base = column.replace(/__v_(text|bigint|double|decimal|bool|timestamp|json)$/, "");
    if (stored.has(base)) return [`${table} ${address}.${base} has two values`];
    stored.set(base, value);
  }
  const wrong: string[] = [];
  for (const [column, value] of cells) {
    const actual = stored.get(column);
    stored.delete(column);
    if (value === null ? actual !== undefined : !isSame(value, actual))
      wrong.push(`${table} ${address}.${column}: ${jsonKey(value)} became ${show(actual)}`);
  }
  for (const [column, value] of stored) wrong.push(`${table} ${address}.${column}: nobody sent ${show(value)}`);
  return wrong;
}

function isSame(value: unknown, actual: unknown): boolean {
  if (value instanceof NumberText) {
    if (typeof actual === "number") return Number(value.text) === actual;
    return numberKey(value.text) === numberKey(String(actual));
  }
  if (typeof value === "object" && value !== null && "json" in value) {
    return typeof actual === "string" && jsonKey(parseExact(actual)) === jsonKey(value.json);
  }
  if (typeof value === "string" && typeof actual === "string")
    return value === actual || instantKey(value) === instantKey(actual);
  return value === actual;
}

function show(value: unknown): string {
  return typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? "nothing");
}
