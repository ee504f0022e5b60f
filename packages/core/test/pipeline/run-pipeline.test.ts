import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import type { RunEvent } from "../../src/run-events.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { pageBytes } from "../../src/source/page-bytes.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { pipelineOn, slices } from "./slices-source.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-run-"));
});
afterEach(() => rm(folder, { recursive: true }));

const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

/** Orders by month, customers as objects, notes for each customer. */
function shop(options: { readonly committed?: (months: readonly string[]) => void } = {}) {
  const months = ["2026-01", "2026-02", "2026-03"];
  const orders = defineResource({
    name: "orders",
    primaryKey: "id",
    writeDisposition: "merge",
    unchanged: "keep",
    *partitions({ committed }) {
      const known = committed().filter(({ partition }) => months.slice(0, 2).includes(partition.id));
      options.committed?.(known.map(({ partition }) => partition.id));
      for (const month of months) {
        if (!known.some(({ partition }) => partition.id === month))
          yield { id: month, kind: "window", data: { month } };
      }
      return { skipped: known, freshness: known.at(-1)?.partition.id };
    },
    async *read({ partition }) {
      const month = partition.id;
      for (let page = 0; page < 2; page++) {
        const results = [0, 1].map((row) => ({
          id: `${month}-${page}${row}`,
          month,
          total: page + row / 2 + 0.25,
          items: [{ sku: `a${row}` }, { sku: "b" }],
        }));
        yield pageBytes(bytes({ results }), { at: "results", request: `GET /orders?month=${month}&page=${page}` });
      }
      return { rows: "likely", expected: 4 } as const;
    },
  });
  const customers = defineResource({
    name: "customers",
    primaryKey: "id",
    writeDisposition: "replace",
    read: () => [
      { id: 1, name: "Ana", since: new Date("2026-01-01T00:00:00Z") },
      { id: 2, name: "Ñandú", points: 2n ** 60n },
    ],
  });
  const notes = defineResource({
    name: "notes",
    parent: { resource: "customers", fields: ["id"] },
    async *partitions({ parents }) {
      for await (const { id } of parents()) yield { id: String(id), kind: "parent" };
    },
    *read({ partition, note }) {
      if (partition.id === "2") note("customer 2 is gone");
      else yield { customer: partition.id, text: "hello" };
    },
  });
  return defineSource({ name: "shop", resources: [orders, notes, customers] });
}

describe("a run", () => {
  it("loads every resource, child tables too, and says what it did", async () => {
    const destination = memoryDestination();
    const pipeline = createPipeline({ name: "shop", destination, dataset: "Shop Data", workingDirectory: folder });
    const events: RunEvent[] = [];
    const report = await pipeline.run(shop(), { onEvent: (event) => events.push(event) });

    expect(pipeline.dataset).toBe("shop_data");
    const orders = await pipeline.query('SELECT * FROM "orders"');
    expect(orders.map(({ id, month, total }) => [id, month, total])).toEqual(
      ["2026-01", "2026-02", "2026-03"].flatMap((month) =>
        [0, 1].flatMap((page) => [0, 1].map((row) => [`${month}-${page}${row}`, month, page + row / 2 + 0.25])),
      ),
    );
    const items = await pipeline.query('SELECT * FROM "orders__items"');
    expect(items).toHaveLength(24);
    const first = orders[0]?.["_dlt_id"];
    expect(
      items.filter((item) => item["_dlt_parent_id"] === first).map(({ sku, _dlt_list_idx }) => [sku, _dlt_list_idx]),
    ).toEqual([
      ["a0", 0],
      ["b", 1],
    ]);
    expect(
      (await pipeline.query('SELECT * FROM "customers"')).map(({ id, name, points }) => [id, name, points]),
    ).toEqual([
      [1, "Ana", null],
      [2, "Ñandú", 2n ** 60n],
    ]);
    expect((await pipeline.query('SELECT * FROM "notes"')).map(({ customer, text }) => [customer, text])).toEqual([
      ["1", "hello"],
    ]);

    expect(report).toMatchObject({
      pipeline: "shop",
      source: "shop",
      dataset: "shop_data",
      resources: {
        orders: {
          table: "orders",
          outcome: "committed",
          recordsRead: 12,
          pages: 6,
          partitions: { read: 3, skipped: 0 },
          rows: { inserted: 12, updated: 0, unchanged: 0, deleted: 0 },
          childRows: { inserted: 24 },
          completeness: { rows: "likely", expected: 12, read: 12 },
        },
        customers: { completeness: { rows: "proved", read: 2, note: "declared by the source" }, rows: { inserted: 2 } },
        notes: { outcome: "committed", partitions: { read: 2, skipped: 0 }, notes: ["customer 2 is gone"] },
      },
      packages: [{ origin: "this-run", outcome: "committed", partitions: 6, pages: 8 }],
    });
    expect(report.schemaChanges).toContainEqual({ kind: "table-added", table: "orders__items" });
    const loads = await rowsOf(destination, "shop_data", "_dlt_loads");
    expect(loads.map(({ load_id, status }) => [load_id, status])).toEqual([[report.packages[0]?.loadId, 0]]);

    // Parents come before children, whatever their order in the source.
    const started = events.flatMap((event) => (event.type === "resource-started" ? event.resource : []));
    expect(started).toEqual(["orders", "customers", "notes"]);
    expect(events.at(-1)?.type).toBe("run-finished");
    // Nothing stays behind but empty folders and the names of former holders.
    expect((await readdir(folder, { recursive: true })).toSorted()).toEqual(["holders.json", "packages", "spool"]);
  });

  it("reads only what it must the second time, and changes nothing when nothing changed", async () => {
    const destination = memoryDestination();
    const pipeline = createPipeline({ name: "shop", destination, workingDirectory: folder });
    await pipeline.run(shop(), { resources: ["orders"] });
    const before = await pipeline.query('SELECT * FROM "orders"');
    const seen: (readonly string[])[] = [];
    const report = await pipeline.run(shop({ committed: (months) => seen.push(months) }), { resources: ["orders"] });
    expect(seen).toEqual([["2026-01", "2026-02"]]);
    expect(report.resources.orders).toMatchObject({
      outcome: "committed",
      recordsRead: 4,
      partitions: { read: 1, skipped: 2 },
      rows: { inserted: 0, updated: 0, unchanged: 4, deleted: 0 },
      completeness: { rows: "likely", expected: 12, read: 12, freshness: "2026-02" },
    });
    expect(report.schemaChanges).toEqual([]);
    expect(await pipeline.query('SELECT * FROM "orders"')).toEqual(before);
    // Neither schema nor state changed, so neither is stored again.
    expect(await pipeline.query('SELECT * FROM "_dlt_version"')).toHaveLength(1);
    expect(await pipeline.query('SELECT * FROM "_dlt_pipeline_state"')).toHaveLength(1);
    expect(await pipeline.query('SELECT * FROM "_dlt_loads"')).toHaveLength(2);
    expect(await pipeline.query('SELECT * FROM "_typeload_lease"')).toEqual([]);
  });

  it("stores its state with its first package, and with no other", async () => {
    const destination = memoryDestination();
    const report = await pipelineOn(destination, folder, { maxPartitions: 1 }).run(slices());
    expect(report.packages).toHaveLength(3);
    const stored = await rowsOf(destination, "d", "_dlt_pipeline_state");
    expect(stored.map(({ _dlt_load_id }) => _dlt_load_id)).toEqual([report.packages[0]?.loadId]);
  });
});
