import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/destination/destination.ts";
import { WideningRefusedError } from "../../src/destination/destination-error.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { pipelineOn } from "./slices-source.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();

/** Loads amounts, one after another, each run a list; gives the schema changes of the last run. */
async function loadAmounts(destination: Destination, ...runs: readonly (readonly unknown[])[]) {
  const pipeline = pipelineOn(destination, newFolder());
  let changes;
  for (const amounts of runs) {
    const orders = defineResource({ name: "orders", read: () => [amounts.map((amount) => ({ amount }))] });
    const source = defineSource({ name: "shop", resources: [orders] });
    ({ schemaChanges: changes } = await pipeline.run(source));
  }
  return changes;
}

async function amounts(destination: Destination) {
  const rows = await rowsOf(destination, "d", "orders");
  return rows.map(({ amount, amount__v_double }) =>
    amount__v_double === undefined ? amount : { amount, amount__v_double },
  );
}

const widened = { kind: "column-widened", table: "orders", column: "amount", from: "bigint", to: "double" };
const variant = {
  kind: "variant-added",
  table: "orders",
  column: "amount__v_double",
  of: "amount",
  dataType: "double",
};

describe("a fraction in a column of integers", () => {
  it("widens it, in the same load and in a later one", async () => {
    const one = memoryDestination();
    expect(await loadAmounts(one, [0, 1.5, 3])).toContainEqual(widened);
    expect(await amounts(one)).toEqual([0, 1.5, 3]);
    const later = memoryDestination();
    expect(await loadAmounts(later, [0, 2 ** 53], [1.5, 7])).toEqual([widened]);
    expect(await amounts(later)).toEqual([0, 2 ** 53, 1.5, 7]);
  });

  it("goes to a variant where an integer would lose a digit: one of this load, or one that is stored", async () => {
    const one = memoryDestination();
    expect(await loadAmounts(one, [2n ** 53n + 1n, 1.5])).toContainEqual(variant);
    const later = memoryDestination();
    expect(await loadAmounts(later, [2n ** 53n + 1n], [1.5, 7])).toEqual([variant]);
    for (const destination of [one, later]) {
      const stored = await amounts(destination);
      expect(stored.slice(0, 2)).toEqual([
        { amount: 2n ** 53n + 1n, amount__v_double: null },
        { amount: null, amount__v_double: 1.5 },
      ]);
    }
  });

  it("asks a destination that refused once, and remembers it", async () => {
    const destination = memoryDestination();
    let refusals = 0;
    const refusing = watchedDestination(destination, {
      before(method, argument) {
        if (method !== "prepare" || !JSON.stringify(argument).includes('"double"')) return;
        if (JSON.stringify(argument).includes("amount__v_double")) return;
        refusals += 1;
        throw new WideningRefusedError("a view stands on it", { table: "orders", column: "amount" });
      },
    });
    expect(await loadAmounts(refusing, [1], [1.5], [2.5, 3])).toEqual([]);
    expect(refusals).toBe(1);
    expect(await amounts(destination)).toEqual([
      { amount: 1, amount__v_double: null },
      { amount: null, amount__v_double: 1.5 },
      { amount: null, amount__v_double: 2.5 },
      { amount: 3, amount__v_double: null },
    ]);
  });

  it("fails the run when the destination refuses what nobody can do without, once and not for ever", async () => {
    const destination = memoryDestination();
    await loadAmounts(destination, [1]);
    const refusing = watchedDestination(destination, {
      before(method) {
        if (method === "prepare") throw new WideningRefusedError("no", { table: "orders", column: "amount" });
      },
    });
    await expect(loadAmounts(refusing, [1.5])).rejects.toMatchObject({ code: "widening_refused" });
  });

  it("stays beside a variant column that dlt has made", async () => {
    const destination = memoryDestination();
    await loadAmounts(destination, [2n ** 53n + 1n, 1.5]);
    const folder = newFolder();
    const orders = defineResource({ name: "orders", read: () => [[{ amount: 2.5 }]] });
    const { schemaChanges } = await pipelineOn(destination, folder).run(
      defineSource({ name: "shop", resources: [orders] }),
    );
    expect(schemaChanges).toEqual([]);
  });

  it("keeps the type that a hint gives", async () => {
    const destination = memoryDestination();
    const orders = defineResource({
      name: "orders",
      fieldHints: [{ path: ["amount"], dataType: "bigint" }],
      read: () => [[{ amount: 1 }, { amount: 1.5 }]],
    });
    await pipelineOn(destination, newFolder()).run(defineSource({ name: "shop", resources: [orders] }));
    expect(await amounts(destination)).toEqual([
      { amount: 1, amount__v_double: null },
      { amount: null, amount__v_double: 1.5 },
    ]);
  });
});
