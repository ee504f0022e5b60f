import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { CommitUnknownError } from "../../src/destination/destination-error.ts";
import type { LoadCommit } from "../../src/destination/load-commit.ts";
import { localPackageStore } from "../../src/extract/local-package-store.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import type { RunEvent } from "../../src/run-events.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { ids, pipelineOn, slices } from "./slices-source.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { type Watch, watchedDestination, watchedStore } from "./watched.ts";

const newFolder = temporaryFolders();
const turns = async (count = 50) => {
  for (let done = 0; done < count; done++) await turn();
};

/** A pipeline by a clock that stands still, and what happens to the destination while it commits. */
function world(watch: (clock: ReturnType<typeof fakeClock>, controller: AbortController) => Watch) {
  const clock = fakeClock();
  const controller = new AbortController();
  const destination = memoryDestination({ clock });
  const workingDirectory = newFolder();
  const on = (target: typeof destination) =>
    createPipeline({ name: "p", destination: target, dataset: "d", workingDirectory, clock, graceSeconds: 20 });
  return {
    destination,
    run: () => on(watchedDestination(destination, watch(clock, controller))).run(slices(), controller),
    again: () => on(destination).run(slices()),
    lease: () => rowsOf(destination, "d", "_typeload_lease"),
  };
}

describe("a commit whose answer was lost and which happened", () => {
  it("is reported with its schema changes, and says that its counts are not known", async () => {
    const destination = memoryDestination();
    let lost = false;
    const watched = watchedDestination(destination, {
      after(method, argument) {
        if (method !== "commit" || lost) return;
        lost = true;
        throw new CommitUnknownError("connection lost", { loadId: (argument as LoadCommit).loadId });
      },
    });
    const events: RunEvent[] = [];
    const report = await pipelineOn(watched, newFolder()).run(slices(), {
      onEvent: (event) => void events.push(event),
    });
    const [{ loadId, outcome } = { loadId: "", outcome: "" }] = report.packages;
    expect(outcome).toBe("already-committed");
    const note = `load ${loadId} is committed, but the answer was lost: how many rows it changed is not known, and not in the counts`;
    expect(report.resources.rows).toMatchObject({ outcome: "committed", rows: { inserted: 0 }, notes: [note] });
    expect(events).toContainEqual({ type: "resource-noted", resource: "rows", message: note });
    expect(report.schemaChanges).not.toEqual([]);
    const quiet = await pipelineOn(memoryDestination(), newFolder()).run(slices());
    expect(report.schemaChanges).toEqual(quiet.schemaChanges);
    expect(events.flatMap((event) => (event.type === "schema-changed" ? [event.change] : []))).toEqual(
      report.schemaChanges,
    );
  });
});

describe("a commit that was sent before the grace was over", () => {
  it("is waited for, and the lease kept meanwhile", async () => {
    const held: number[] = [];
    const { destination, run, lease } = world((clock, controller) => ({
      async after(method) {
        if (method !== "commit") return;
        controller.abort();
        clock.advance(25_000);
        await turns();
        held.push((await lease()).length);
      },
    }));
    const report = await run();
    expect(report.packages).toMatchObject([{ outcome: "committed" }]);
    expect(report.resources.rows).toMatchObject({ outcome: "committed", rows: { inserted: 3 } });
    expect(held).toEqual([1]);
    expect(await lease()).toEqual([]);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });

  it("and is never answered is called unknown after a while; the next run finds out", async () => {
    const { destination, run, again, lease } = world((clock, controller) => ({
      async after(method) {
        if (method !== "commit") return;
        controller.abort();
        clock.advance(25_000);
        await turns();
        clock.advance(11_000);
        await new Promise(() => {});
      },
    }));
    const error = await rejectionOf(run());
    expect(error).toMatchObject({ code: "commit_unknown", retryable: true });
    expect(error.report.packages).toMatchObject([{ outcome: "unknown" }]);
    // It may still be under way: nobody else may begin.
    expect(await lease()).toHaveLength(1);
    const report = await again();
    expect(report.packages).toMatchObject([{ origin: "resumed", outcome: "already-committed" }]);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
    expect(await lease()).toEqual([]);
  });

  it("and lost its answer stays unknown when the run is ended before it could ask", async () => {
    const { run, again, destination } = world((clock, controller) => ({
      after(method, argument) {
        if (method !== "commit") return;
        setTimeout(() => {
          controller.abort();
          clock.advance(20_000);
        }, 20);
        // The wait before the next attempt does not end by itself here.
        throw new CommitUnknownError("connection lost", { loadId: (argument as LoadCommit).loadId });
      },
      before(method) {
        if (method === "read" && controller.signal.aborted) throw new Error("asked too late");
      },
    }));
    const error = await rejectionOf(run());
    expect(error.code).toBe("commit_unknown");
    expect((await again()).packages).toMatchObject([{ outcome: "already-committed" }]);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });
});

describe("a package that cannot be removed after its commit", () => {
  it("counts as committed; the report says that it is left, and the next run removes it", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    const store = localPackageStore({ folder: join(folder, "packages") });
    const stuck = watchedStore(store, {
      before(method) {
        if (method === "remove")
          throw Object.assign(new Error("input/output error"), { code: "EIO", syscall: "rename" });
      },
    });
    const options = { name: "p", destination, dataset: "d", workingDirectory: folder };
    for (const origin of ["this-run", "resumed"]) {
      const events: RunEvent[] = [];
      const report = await createPipeline({ ...options, packageStore: stuck }).run(slices(), {
        onEvent: (event) => void events.push(event),
      });
      const [loaded] = report.packages;
      expect(loaded).toMatchObject({ origin, outcome: origin === "resumed" ? "already-committed" : "committed" });
      expect(report.resources.rows.outcome).toBe("committed");
      const message = `load package ${loaded?.loadId} is done with, but could not be removed from ${join(folder, "packages")}: input/output error. The next run removes it`;
      expect(events).toContainEqual({ type: "resource-noted", resource: "rows", message });
      expect(report.resources.rows.notes).toEqual([message]);
    }
    await createPipeline(options).run(slices());
    expect(await readdir(join(folder, "packages"))).toEqual([]);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });
});
