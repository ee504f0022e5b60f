import { setImmediate as turn } from "node:timers/promises";
import type { Partition } from "../../src/source/partition.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { pageBytes } from "../../src/source/page-bytes.ts";
import type { PlanContext, Source } from "../../src/source/resource.ts";
import type { Clock } from "../../src/async/clock.ts";

/** Called before every page; may throw, and says how many turns of the event loop the page takes. */
export type BeforePage = (resource: string, partition: string, page: number) => number | void;

/** The tables that {@link shopSource} fills. */
export const shopTables = ["customers", "orders", "orders__items", "events", "notes"] as const;

const days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05", "2026-01-06"];

/** A list to replace, a merge with child tables, an append, and an append for each customer. Leaves out what is committed. */
export function shopSource(beforePage: BeforePage = () => {}): Source {
  async function pause(resource: string, { id }: Partition, page: number): Promise<void> {
    for (let turns = beforePage(resource, id, page) ?? 0; turns > 0; turns--) await turn();
  }
  const customers = defineResource({
    name: "customers",
    primaryKey: "id",
    writeDisposition: "replace",
    async *read({ partition }) {
      for (let page = 0; page < 2; page++) {
        await pause("customers", partition, page);
        yield [0, 1, 2].map((row) => ({ id: page * 3 + row, name: `customer ${page * 3 + row}` }));
      }
    },
  });
  const orders = defineResource({
    name: "orders",
    primaryKey: "id",
    writeDisposition: "merge",
    unchanged: "keep",
    concurrency: 3,
    partitions: (context) =>
      left(
        context,
        days.map((id) => ({ id, kind: "window" })),
      ),
    async *read({ partition }) {
      for (let page = 0; page < 3; page++) {
        await pause("orders", partition, page);
        const results = [0, 1].map((row) => ({
          id: `${partition.id}/${page}${row}`,
          total: page + row,
          items: Array.from({ length: row + 1 }, (_, item) => ({ sku: `${page}-${item}` })),
        }));
        const body = JSON.stringify({ results });
        yield pageBytes(new TextEncoder().encode(body), { at: "results", fields: { day: partition.id } });
      }
    },
  });
  const events = defineResource({
    name: "events",
    partitions: (context) =>
      left(
        context,
        days.map((id) => ({ id, kind: "window" })),
      ),
    async *read({ partition }) {
      await pause("events", partition, 0);
      for (let row = 0; row < 3; row++) yield { day: partition.id, row };
    },
  });
  const notes = defineResource({
    name: "notes",
    parent: { resource: "customers", fields: ["id"] },
    concurrency: 2,
    async *partitions(context) {
      const done = new Set(context.committed().map(({ partition }) => partition.id));
      for await (const { id } of context.parents()) {
        if (!done.has(String(id))) yield { id: String(id), kind: "parent" };
      }
    },
    async *read({ partition }) {
      await pause("notes", partition, 0);
      if (Number(partition.id) % 2 === 0) yield { customer: partition.id, text: "called" };
    },
  });
  return defineSource({ name: "shop", resources: [customers, orders, events, notes] });
}

function left({ committed }: PlanContext, partitions: readonly Partition[]): readonly Partition[] {
  const done = new Set(committed().map(({ partition }) => partition.id));
  return partitions.filter(({ id }) => !done.has(id));
}

/** Time that moves a little with every look at it. Short sleeps pass at once, long ones (time-outs) only end with their signal. */
export function simulatedClock(start = Date.parse("2026-11-22T00:00:00Z")): Clock {
  let now = start;
  return {
    now: () => (now += 0.25),
    async sleep(milliseconds, signal) {
      signal.throwIfAborted();
      if (milliseconds <= 30_000) {
        now += milliseconds;
        await turn();
        signal.throwIfAborted();
        return;
      }
      // The reason is whatever was aborted with.
      await new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
      });
    },
  };
}
