import { rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/destination/destination.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import type { RunEvent } from "../../src/run-events.ts";
import type { ContractOption } from "../../src/source/contract.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();

interface Order {
  readonly id: number;
  readonly at: number;
  readonly [member: string]: unknown;
}

/** Orders by their time, prices that are replaced; `records` is what the API has, undefined when it is gone. */
function shop(records: readonly Order[] | undefined, options: { contract?: ContractOption; identity?: string } = {}) {
  const gone = () => {
    throw new TypeError("a request was sent");
  };
  const orders = defineResource({
    name: "orders",
    primaryKey: "id",
    writeDisposition: "merge",
    incremental: { cursor: "at" },
    contract: options.contract,
    read: () => records ?? gone(),
  });
  const prices = defineResource({
    name: "prices",
    writeDisposition: "replace",
    read: () => (records === undefined ? gone() : [{ sku: "a", price: records.length }]),
  });
  const { identity } = options;
  return defineSource({
    name: "shop",
    resources: [orders, prices],
    ...(identity === undefined ? {} : { identity: () => (records === undefined ? gone() : Promise.resolve(identity)) }),
  });
}

const first: readonly Order[] = [
  { id: 1, at: 1, lines: [{ sku: "a" }, { sku: "b" }] },
  { id: 2, at: 2, big: 2n ** 80n, when: new Date("2026-01-01T00:00:00Z") },
];
const second: readonly Order[] = [...first, { id: 1, at: 3, lines: [{ sku: "c" }] }];

async function world(options: Parameters<typeof shop>[1] = {}) {
  const workingDirectory = newFolder();
  const original = memoryDestination();
  const to = (destination: Destination, dataset = "d") =>
    createPipeline({ name: "p", destination, dataset, workingDirectory, keepPackages: true });
  await to(original).run(shop(first, options));
  await to(original).run(shop(second, options));
  const tables = ["orders", "orders__lines", "prices", "_dlt_loads", "_dlt_pipeline_state", "_typeload_partitions"];
  const contents = async (destination: Destination) =>
    Object.fromEntries(
      await Promise.all(
        tables.map(async (table) => [table, (await rowsOf(destination, "d", table)).map(timeless)] as const),
      ),
    );
  return { workingDirectory, original, to, contents };
}

/** Without the time of the commit, and the state's own row id. */
function timeless(row: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => !["inserted_at", "created_at", "committed_at", "run_id"].includes(name)),
  );
}

describe("a replay", () => {
  it("gives the same tables, state and loads in another destination, without a request", async () => {
    const { original, to, contents } = await world({ identity: "account 7" });
    const copy = memoryDestination();
    const events: RunEvent[] = [];
    const report = await to(copy).replay(shop(undefined, { identity: "account 7" }), {
      onEvent: (event) => void events.push(event),
    });
    expect(await contents(copy)).toEqual(await contents(original));
    expect((await rowsOf(copy, "d", "orders")).length).toBe(2);
    expect(report.packages.map(({ origin, outcome }) => [origin, outcome])).toEqual([
      ["replayed", "committed"],
      ["replayed", "committed"],
    ]);
    expect(report.resources.orders).toMatchObject({ outcome: "committed", rows: { inserted: 2, updated: 1 } });
    expect(events.filter(({ type }) => type === "package-replayed")).toHaveLength(2);

    const again = await to(copy).replay(shop(undefined));
    expect(again.packages.map(({ outcome }) => outcome)).toEqual(["already-committed", "already-committed"]);
    expect(again.resources.orders).toMatchObject({ outcome: "committed", rows: { inserted: 0, updated: 0 } });
    // The copy goes on by itself from where the packages end.
    await to(copy).run(shop([...second, { id: 3, at: 2 }, { id: 4, at: 4 }], { identity: "account 7" }));
    expect((await rowsOf(copy, "d", "orders")).map(({ id }) => id)).toEqual([2, 1, 4]);
  });

  it("can be of some packages, and says which ones there are not", async () => {
    const { original, to } = await world();
    const [load] = await rowsOf(original, "d", "_dlt_loads");
    const copy = memoryDestination();
    await to(copy).replay(shop(undefined), { packages: [String(load?.["load_id"])] });
    expect(await rowsOf(copy, "d", "prices")).toMatchObject([{ price: 2 }]);
    await expect(to(copy).replay(shop(undefined), { packages: ["1.5"] })).rejects.toThrow(
      'packages 1.5 of source "shop"',
    );
  });

  it("loads what a contract left out, under the contract of today", async () => {
    const { original, to } = await world({ contract: { dataType: "quarantine" } });
    await to(original).run(shop([...second, { id: 5, at: 5, big: "none" }], { contract: { dataType: "quarantine" } }));
    expect((await rowsOf(original, "d", "_typeload_quarantine")).length).toBe(1);
    await to(original, "mended").replay(shop(undefined, { contract: "evolve" }));
    expect((await rowsOf(original, "mended", "orders")).map(({ id }) => id)).toEqual([2, 1, 5]);
    expect(await rowsOf(original, "mended", "_typeload_quarantine")).toEqual([]);
  });

  it("is refused for the rows of another account, a resource that is gone, a damaged package, and nothing at all", async () => {
    const { workingDirectory, to } = await world({ identity: "account 7" });
    const other = memoryDestination();
    await createPipeline({ name: "p", destination: other, dataset: "d", workingDirectory: newFolder() }).run(
      shop(first, { identity: "account 8" }),
    );
    expect((await rejectionOf(to(other).replay(shop(undefined)))).code).toBe("other_identity");

    const [orders] = shop(first).resources;
    const poorer = defineSource({ name: "shop", resources: orders === undefined ? [] : [orders] });
    await expect(to(memoryDestination()).replay(poorer)).rejects.toThrow('pages of resource "prices"');

    const { packages } = await to(memoryDestination()).replay(shop(undefined));
    await truncate(join(workingDirectory, "loaded", packages[1]?.loadId ?? "", "pages.log"), 200);
    const copy = memoryDestination();
    expect((await rejectionOf(to(copy).replay(shop(undefined)))).code).toBe("package_damaged");
    expect(await rowsOf(copy, "d", "prices")).toMatchObject([{ price: 2 }]);

    await rm(join(workingDirectory, "loaded"), { recursive: true });
    await expect(to(copy).replay(shop(undefined))).rejects.toThrow("there is no package of source");
  });
});
