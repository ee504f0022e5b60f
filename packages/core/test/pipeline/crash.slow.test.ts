import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localPackageStore } from "../../src/extract/local-package-store.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import type { Destination } from "../../src/destination/destination.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { dataOf, rowsOf } from "./contents.ts";
import { shopSource, shopTables, simulatedClock } from "./shop-source.ts";
import { type Watch, watchedDestination, watchedStore } from "./watched.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-crash-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** From the given step on nothing works any more: what a killed process would not have done is not done. */
class Death implements Watch {
  steps = 0;
  readonly last: string[] = [];
  readonly #at: number;

  constructor(at: number) {
    this.#at = at;
  }

  before(method: string): void {
    this.#step(`before ${method}`);
  }

  after(method: string): void {
    this.#step(`after ${method}`);
  }

  #step(what: string): void {
    this.steps++;
    if (this.steps === this.#at) this.last.push(what);
    if (this.steps >= this.#at) throw new Error(`killed ${what}`);
  }
}

function pipelineOn(destination: Destination, workingDirectory: string, watch?: Watch) {
  const clock = simulatedClock();
  const store = localPackageStore({ folder: join(workingDirectory, "packages"), clock });
  return createPipeline({
    name: "shop",
    destination: watch === undefined ? destination : watchedDestination(destination, watch),
    workingDirectory,
    clock,
    packages: { maxPartitions: 4 },
    packageStore: watch === undefined ? store : watchedStore(store, watch),
  });
}

async function everything(destination: Destination): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of shopTables) tables[table] = await dataOf(destination, "shop_dataset", table);
  return tables;
}

describe("a run that dies", () => {
  it("at any step of store or destination leaves nothing that the next run does not make whole", async () => {
    const undisturbed = memoryDestination();
    const counting = new Death(Number.POSITIVE_INFINITY);
    await pipelineOn(undisturbed, join(folder, "undisturbed"), counting).run(shopSource());
    const expected = await everything(undisturbed);
    expect(expected["orders__items"]).toHaveLength(54);
    expect(counting.steps).toBeGreaterThan(150);

    for (let step = 1; step <= counting.steps; step++) {
      const destination = memoryDestination();
      const workingDirectory = join(folder, String(step));
      const death = new Death(step);
      const dead = pipelineOn(destination, workingDirectory, death).run(shopSource());
      // Dying while the lease is given back is no harm to what was loaded.
      await dead.catch(() => {});
      const report = await pipelineOn(destination, workingDirectory).run(shopSource());
      expect(await everything(destination), `killed at step ${step}, ${death.last[0]}`).toEqual(expected);
      expect(Object.values(report.resources).map(({ outcome }) => outcome)).toEqual(Array(4).fill("committed"));
      const ids = (await rowsOf(destination, "shop_dataset", "_dlt_loads")).map((row) => row["load_id"]);
      expect(new Set(ids).size).toBe(ids.length);
      expect(await readdir(join(workingDirectory, "packages"))).toEqual([]);
    }
  }, 120_000);
});
