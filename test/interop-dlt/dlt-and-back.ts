import { createPipeline, defineResource, defineSource, pageBytes } from "@typeload/core";
import type { CursorValue, Destination } from "@typeload/core";
import { expect } from "vitest";
import { dataset } from "../pipelines/plain-database.ts";
import type { PlainDatabase } from "../pipelines/plain-database.ts";
import type { Dlt, DltRequest } from "./dlt-process.ts";

/** Where both loaders load to. */
export interface SharedPlace {
  readonly dlt: Dlt;
  readonly to: Pick<DltRequest, "destination" | "credentials">;
  readonly destination: Destination;
  readonly plain: PlainDatabase;
  readonly workingDirectory: string;
}

const names = { pipeline: "shop", dataset, source: "shop", resource: "orders" } as const;

const byDlt = [
  {
    id: 1,
    changed: "2026-01-01",
    total: 10,
    customer: { name: "Ana" },
    lines: [{ sku: "a", tags: ["x", "y"] }, { sku: "b" }],
  },
  { id: 2, changed: "2026-01-02", total: 20, customer: { name: "Bo" }, lines: [{ sku: "c" }] },
];
const byTypeload = [
  { id: 2, changed: "2026-01-01", total: 0, customer: { name: "old, must not come" }, lines: [] },
  {
    id: 2,
    changed: "2026-01-03",
    total: 21,
    customer: { name: "Bo", city: "Lima" },
    lines: [{ sku: "d", tags: ["z"] }],
  },
  { id: 3, changed: "2026-01-04", total: 30, customer: { name: "Cai" }, lines: [{ sku: "e" }, { sku: "f" }] },
];
const byDltAgain = [
  { id: 1, changed: "2026-01-02", total: 0, customer: { name: "old, must not come" }, lines: [] },
  {
    id: 3,
    changed: "2026-01-05",
    total: 31,
    customer: { name: "Cai", city: "Quito" },
    lines: [{ sku: "g", tags: ["w"] }],
  },
  { id: 4, changed: "2026-01-06", total: 40, customer: { name: "Di" }, lines: [] },
];

/** A dataset that dlt begins, typeload continues, and dlt continues again: merge by key, nested tables, a cursor. */
export async function dltAndBack({ dlt, to, destination, plain, workingDirectory }: SharedPlace): Promise<void> {
  const ask = (records: unknown): Promise<readonly string[]> =>
    dlt.load({
      ...to,
      ...names,
      records: JSON.stringify(records),
      options: { write_disposition: "merge", primary_key: "id" },
      incremental: { cursor_path: "changed" },
    });
  const started: (CursorValue | undefined)[] = [];
  const ours = async (records: unknown) => {
    const orders = defineResource({
      name: names.resource,
      primaryKey: "id",
      writeDisposition: "merge",
      incremental: { cursor: "changed" },
      *read({ cursor }) {
        started.push(cursor.startValue);
        yield pageBytes(new TextEncoder().encode(JSON.stringify(records)));
      },
    });
    const pipeline = createPipeline({ name: names.pipeline, destination, dataset: names.dataset, workingDirectory });
    return await pipeline.run(defineSource({ name: names.source, resources: [orders] }));
  };

  await ask(byDlt);
  expect(await orders(plain)).toEqual(byDlt.map(expectedOrder));

  const report = await ours(byTypeload);
  expect(started).toEqual(["2026-01-02"]);
  expect(report.schemaChanges).toEqual([
    { kind: "column-added", table: "orders", column: "customer__city", dataType: "text" },
  ]);
  expect(report.resources.orders.rows).toEqual({ inserted: 1, updated: 1, unchanged: 0, deleted: 0 });
  expect(await orders(plain)).toEqual([byDlt[0], ...byTypeload.slice(1)].map(expectedOrder));

  await ask(byDltAgain);
  expect(await orders(plain)).toEqual([byDlt[0], byTypeload[1], ...byDltAgain.slice(1)].map(expectedOrder));

  // And both see what the other left: nothing is new.
  await ask(byDltAgain);
  const quiet = await ours(byTypeload);
  expect(started[1]).toBe("2026-01-06");
  expect(quiet.schemaChanges).toEqual([]);
  expect(await orders(plain)).toEqual([byDlt[0], byTypeload[1], ...byDltAgain.slice(1)].map(expectedOrder));

  const loads = await plain.readTable("_dlt_loads");
  expect(loads.map(({ schema_name, status }) => [schema_name, Number(status)])).toEqual(loads.map(() => ["shop", 0]));
  const versions = await plain.readTable("_dlt_version");
  const known = new Set(versions.map(({ version_hash: hash }) => hash));
  for (const { schema_version_hash: hash } of loads) expect(known.has(hash)).toBe(true);
}

interface Order {
  readonly id: number;
  readonly changed: string;
  readonly total: number;
  readonly customer: { readonly name: string; readonly city?: string };
  readonly lines: readonly { readonly sku: string; readonly tags?: readonly string[] }[];
}

function expectedOrder(order: Order | undefined): unknown {
  if (order === undefined) return undefined;
  const { id, changed, total, customer, lines } = order;
  const { name, city = null } = customer;
  return { id, changed, total, name, city, lines: lines.map(({ sku, tags = [] }) => ({ sku, tags })) };
}

/** The records, put together again from the tables by the columns that link them. */
async function orders(plain: PlainDatabase): Promise<unknown[]> {
  const read = async (table: string) => await plain.readTable(table);
  const [roots, lines, tags] = [await read("orders"), await read("orders__lines"), await read("orders__lines__tags")];
  const below = (rows: typeof roots, parent: unknown) =>
    rows
      .filter((row) => row["_dlt_parent_id"] === parent)
      .toSorted((a, b) => Number(a["_dlt_list_idx"]) - Number(b["_dlt_list_idx"]));
  const placed = below(lines, undefined).length + below(tags, undefined).length;
  expect(placed, "every child row has a parent").toBe(0);
  const all = roots.map((root) => ({
    id: Number(root["id"]),
    changed: dayOf(root["changed"]),
    total: Number(root["total"]),
    name: root["customer__name"],
    city: root["customer__city"] ?? null,
    lines: below(lines, root["_dlt_id"]).map((line) => ({
      sku: line["sku"],
      tags: below(tags, line["_dlt_id"]).map(({ value }) => value),
    })),
  }));
  const linked = all.flatMap((order) => order.lines);
  expect([linked.length, linked.flatMap((line) => line.tags).length], "no row hangs in the air").toEqual([
    lines.length,
    tags.length,
  ]);
  return all.toSorted((a, b) => a.id - b.id);
}

function dayOf(value: unknown): string {
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value).slice(0, 10);
}
