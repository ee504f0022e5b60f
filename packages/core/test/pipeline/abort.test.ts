import { readdir } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/destination/destination.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();
const ids = async (destination: Destination) => (await rowsOf(destination, "d", "rows")).map(({ id }) => id);

/** Slices 0, 1, 2 …; `reached` is called when one is read, and the slice waits for what it gives. */
function source(reached: (id: string, signal: AbortSignal) => unknown, count = 4) {
  const rows = defineResource({
    name: "rows",
    concurrency: 1,
    *partitions({ committed }) {
      const done = committed();
      for (let id = 0; id < count; id++) {
        if (!done.some(({ partition }) => partition.id === String(id))) yield { id: String(id), kind: "window" };
      }
    },
    async *read({ partition, signal }) {
      yield { id: partition.id };
      await reached(partition.id, signal);
    },
  });
  return defineSource({ name: "s", resources: [rows] });
}

function pipelineOn(destination: Destination, workingDirectory: string, more = {}) {
  return createPipeline({ name: "p", destination, dataset: "d", workingDirectory, ...more });
}

describe("an abort", () => {
  it("before the start touches nothing", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    const error = await rejectionOf(
      pipelineOn(destination, folder).run(
        source(() => {}),
        { signal: AbortSignal.abort() },
      ),
    );
    expect(error.code).toBe("aborted");
    expect(await rowsOf(destination, "d", "_typeload_lease")).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("while a page is awaited commits what was whole, at once, even when the source does not listen", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    const controller = new AbortController();
    const never = new Promise(() => {});
    const aborting = source((id) => {
      if (id !== "2") return undefined;
      setTimeout(() => controller.abort(new Error("Ctrl-C")), 1);
      return never;
    });
    const error = await rejectionOf(pipelineOn(destination, folder).run(aborting, { signal: controller.signal }));
    expect(error).toMatchObject({ code: "aborted", retryable: true });
    expect(error.message).toMatch(/the run was aborted: what was read completely is loaded/);
    expect(error.report.resources["rows"]).toMatchObject({ outcome: "partial", rows: { inserted: 2 } });
    expect(error.report.packages).toMatchObject([{ outcome: "committed", partitions: 2 }]);
    expect(await ids(destination)).toEqual(["0", "1"]);
    expect(await rowsOf(destination, "d", "_typeload_lease")).toEqual([]);

    const report = await pipelineOn(destination, folder).run(source(() => {}));
    expect(report.resources.rows).toMatchObject({ outcome: "committed", rows: { inserted: 2 } });
    expect(await ids(destination)).toEqual(["0", "1", "2", "3"]);
  });

  it("lets a generator close what it opened", async () => {
    const controller = new AbortController();
    const closed: string[] = [];
    const rows = defineResource({
      name: "rows",
      async *read({ signal }) {
        try {
          yield { id: 1 };
          controller.abort();
          await wait(60_000, undefined, { signal });
        } finally {
          closed.push("file");
        }
      },
    });
    await rejectionOf(
      pipelineOn(memoryDestination(), newFolder()).run(defineSource({ name: "s", resources: [rows] }), {
        signal: controller.signal,
      }),
    );
    expect(closed).toEqual(["file"]);
  });

  it.each(["prepare", "stage", "commit"])("during %s lets the load finish", async (method) => {
    const destination = memoryDestination();
    const controller = new AbortController();
    const watched = watchedDestination(destination, {
      before(called) {
        if (called === method) controller.abort();
      },
    });
    // All is read by then, so nothing is missing and the run succeeds.
    const report = await pipelineOn(watched, newFolder()).run(
      source(() => {}, 2),
      { signal: controller.signal },
    );
    expect(report.resources.rows.outcome).toBe("committed");
    expect(await ids(destination)).toEqual(["0", "1"]);
  });

  it("does not wait for a destination that hangs longer than the grace allows; the next run loads what was read", async () => {
    const clock = fakeClock();
    const destination = memoryDestination({ clock });
    const folder = newFolder();
    const controller = new AbortController();
    const hanging = watchedDestination(destination, {
      async before(method) {
        if (method !== "stage") return;
        controller.abort();
        // Whoever is called here never answers, and does not listen to the signal either.
        setTimeout(() => clock.advance(20_000), 1);
        await new Promise(() => {});
      },
    });
    const run = pipelineOn(hanging, folder, { clock, graceSeconds: 20 }).run(
      source(() => {}),
      { signal: controller.signal },
    );
    const error = await rejectionOf(run);
    expect(error.code).toBe("aborted");
    expect(error.report.packages).toMatchObject([{ outcome: "failed" }]);
    expect(await ids(destination)).toEqual([]);
    const reads: string[] = [];
    const report = await pipelineOn(destination, folder, { clock }).run(source((id) => reads.push(id)));
    expect(reads).toEqual([]);
    expect(report.packages).toMatchObject([{ origin: "resumed", outcome: "committed" }]);
    expect(await ids(destination)).toEqual(["0", "1", "2", "3"]);
  });

  it("while a package of an earlier run is loaded leaves the reading undone", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    const failing = watchedDestination(destination, {
      before(method) {
        if (method === "commit") throw new Error("a bug");
      },
    });
    await rejectionOf(pipelineOn(failing, folder).run(source(() => {}, 2)));
    const controller = new AbortController();
    const aborting = watchedDestination(destination, {
      before(method) {
        if (method === "stage") controller.abort();
      },
    });
    const reads: string[] = [];
    const error = await rejectionOf(
      pipelineOn(aborting, folder).run(
        source((id) => reads.push(id)),
        { signal: controller.signal },
      ),
    );
    expect(reads).toEqual([]);
    expect(error.report.packages).toMatchObject([{ origin: "resumed", outcome: "committed" }]);
    expect(await ids(destination)).toEqual(["0", "1"]);
  });
});

describe("maxSeconds", () => {
  it("ends a run like an abort, with a code of its own", async () => {
    const clock = fakeClock();
    const destination = memoryDestination({ clock });
    const slow = source((id, signal) => {
      if (id !== "2") return undefined;
      setTimeout(() => clock.advance(60_000), 1);
      return wait(60_000, undefined, { signal });
    });
    const error = await rejectionOf(pipelineOn(destination, newFolder(), { clock }).run(slow, { maxSeconds: 60 }));
    expect(error).toMatchObject({ code: "max_duration", retryable: true });
    expect(await ids(destination)).toEqual(["0", "1"]);
  });
});
