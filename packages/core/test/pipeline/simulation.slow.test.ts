import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CommitUnknownError, DestinationError } from "../../src/destination/destination-error.ts";
import type { Destination } from "../../src/destination/destination.ts";
import { localPackageStore } from "../../src/extract/local-package-store.ts";
import { PackageStoreError } from "../../src/extract/package-errors.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { dataOf, rowsOf } from "./contents.ts";
import { seededRandom } from "./seeded-random.ts";
import { shopSource, shopTables, simulatedClock } from "./shop-source.ts";
import { type Watch, watchedDestination, watchedStore } from "./watched.ts";

const seeds = 200;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-simulation-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function everything(destination: Destination): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const table of shopTables) tables[table] = await dataOf(destination, "shop_dataset", table);
  return tables;
}

/** Runs the shop again and again, with all that may go wrong, until a run went well. */
async function untilDone(seed: number): Promise<{ destination: Destination; failures: string[] }> {
  const random = seededRandom(seed);
  const destination = memoryDestination();
  const workingDirectory = join(folder, String(seed));
  const failures: string[] = [];
  const clock = simulatedClock();
  for (let run = 0; ; run++) {
    // Troubles get rarer, so that every seed ends.
    const trouble = 0.03 * 0.7 ** run;
    const strikes = (): boolean => random() < trouble;
    let dead = false;
    const life = (): void => {
      if (dead) throw new Error("dead");
      if (random() < trouble / 4) {
        dead = true;
        throw new Error("killed");
      }
    };
    const destinationWatch: Watch = {
      before(method) {
        life();
        if (strikes())
          throw new DestinationError(`no connection for ${method}`, { code: "connection", retryable: true });
      },
      after(method, argument) {
        life();
        if (!strikes()) return;
        if (method !== "commit")
          throw new DestinationError(`no answer to ${method}`, { code: "connection", retryable: true });
        const { loadId } = argument as { loadId: string };
        throw new CommitUnknownError("no answer to commit", { loadId });
      },
    };
    const storeWatch: Watch = {
      before(method) {
        life();
        if (strikes())
          throw new PackageStoreError(`no space for ${method}`, { code: "disk_full", path: "", cause: null });
      },
      after: life,
    };
    const controller = new AbortController();
    const source = shopSource(() => {
      life();
      if (strikes()) throw new Error("the source answers 500");
      if (strikes()) controller.abort();
      return Math.floor(random() * 3);
    });
    const pipeline = createPipeline({
      name: "shop",
      destination: watchedDestination(destination, destinationWatch),
      workingDirectory,
      clock,
      random,
      graceSeconds: 3600,
      packages: { maxPartitions: 1 + Math.floor(random() * 6) },
      packageStore: watchedStore(localPackageStore({ folder: join(workingDirectory, "packages"), clock }), storeWatch),
    });
    try {
      const report = await pipeline.run(source, { signal: controller.signal });
      expect(Object.values(report.resources).map(({ outcome }) => outcome)).toEqual(Array(4).fill("committed"));
      return { destination, failures };
    } catch (error) {
      failures.push(String(error));
      if (run > 60) throw error;
    }
  }
}

describe("random failures", () => {
  it(`end in the contents of an undisturbed run, over ${seeds} seeds`, async () => {
    const undisturbed = memoryDestination();
    const clock = simulatedClock();
    await createPipeline({ name: "shop", destination: undisturbed, workingDirectory: join(folder, "calm"), clock }).run(
      shopSource(),
    );
    const expected = await everything(undisturbed);
    const failures: string[] = [];
    for (let seed = 1; seed <= seeds; seed++) {
      const done = await untilDone(seed);
      failures.push(...done.failures);
      expect(await everything(done.destination), `seed ${seed} after ${done.failures.join("\n")}`).toEqual(expected);
      const ids = (await rowsOf(done.destination, "shop_dataset", "_dlt_loads")).map((row) => row["load_id"]);
      expect(ids.toSorted(), `seed ${seed}`).toEqual([...new Set(ids)].toSorted());
    }
    // The storm was one: every kind of trouble struck.
    for (const kind of ["dead", "no connection", "no answer", "no space", "answers 500", "aborted"]) {
      expect(failures.filter((failure) => failure.includes(kind)).length, kind).toBeGreaterThan(0);
    }
  }, 180_000);
});
