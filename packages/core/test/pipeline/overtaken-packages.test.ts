import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DestinationError } from "../../src/destination/destination-error.ts";
import type { RunEvent } from "../../src/run-events.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import type { Source } from "../../src/source/resource.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();

/** Runs in two working directories: one whose commit failed, one that loaded since. */
function twoPlaces() {
  const destination = memoryDestination();
  const left = newFolder();
  const down = watchedDestination(destination, {
    before(method) {
      if (method === "commit") throw new DestinationError("read only for now", { code: "read_only" });
    },
  });
  // The machine's clock: the second place is later than the first.
  const on = (target: typeof destination, workingDirectory: string) =>
    createPipeline({ name: "p", destination: target, dataset: "d", workingDirectory });
  return {
    destination,
    leave: (source: Source) => rejectionOf(on(down, left).run(source)),
    elsewhere: (source: Source) => on(destination, newFolder()).run(source),
    async resume(source: Source) {
      const events: RunEvent[] = [];
      const report = await on(destination, left).run(source, { onEvent: (event) => void events.push(event) });
      expect(await readdir(join(left, "packages"))).toEqual([]);
      return { report, notes: events.flatMap((event) => (event.type === "resource-noted" ? [event.message] : [])) };
    },
  };
}

/** Months that are read once, each with one row of this value. */
function months(ids: readonly string[], v: string): Source {
  const t = defineResource({
    name: "t",
    primaryKey: "id",
    writeDisposition: "merge",
    *partitions({ committed }) {
      const done = committed().map(({ partition }) => partition.id);
      for (const id of ids) if (!done.includes(id)) yield { id, kind: "window" };
    },
    read: ({ partition }) => [{ id: partition.id, v }],
  });
  return defineSource({ name: "s", resources: [t] });
}

describe("a package that waited while newer rows came from elsewhere", () => {
  it("is removed when all of it was read again since", async () => {
    const { destination, leave, elsewhere, resume } = twoPlaces();
    expect((await leave(months(["jan"], "old"))).code).toBe("read_only");
    await elsewhere(months(["jan"], "new"));
    const { report, notes } = await resume(months(["jan"], "newest"));
    expect(await rowsOf(destination, "d", "t")).toMatchObject([{ id: "jan", v: "new" }]);
    expect(report.packages).toMatchObject([{ origin: "resumed", outcome: "overtaken" }]);
    const [loadId] = report.packages.map((each) => each.loadId);
    const note = `load package ${loadId} is older than what is stored: 1 of its partitions were left out, because a newer load has read them again`;
    expect(notes).toEqual([note]);
    expect(report.resources["t"]).toMatchObject({ outcome: "committed", notes: [note], rows: { updated: 0 } });
  });

  it("gives what nobody has read since, and only that", async () => {
    const { destination, leave, elsewhere, resume } = twoPlaces();
    await leave(months(["jan", "feb", "mar"], "old"));
    await elsewhere(months(["feb"], "new"));
    const { report } = await resume(months(["jan", "feb", "mar", "apr"], "newest"));
    const rows = (await rowsOf(destination, "d", "t")).map(({ id, v }) => `${String(id)} ${String(v)}`);
    expect(rows.toSorted()).toEqual(["apr newest", "feb new", "jan old", "mar old"]);
    expect(report.packages.map(({ outcome }) => outcome)).toEqual(["committed", "committed"]);
    const stored = await rowsOf(destination, "d", "_typeload_partitions");
    expect(stored.map(({ partition_id, load_id }) => [partition_id, load_id])).toEqual(
      expect.arrayContaining([
        ["jan", report.packages[0]?.loadId],
        ["apr", report.packages[1]?.loadId],
      ]),
    );
    expect(stored.find(({ partition_id }) => partition_id === "feb")?.["load_id"]).not.toBe(report.packages[0]?.loadId);
  });

  it("does not bring back a list that was replaced since, whatever its partitions are called", async () => {
    const { destination, leave, elsewhere, resume } = twoPlaces();
    let reads = 0;
    const list = (id: string, v: string) =>
      defineSource({
        name: "s",
        resources: [
          defineResource({
            name: "t",
            writeDisposition: "replace",
            *partitions() {
              yield { id, kind: "whole" };
            },
            *read() {
              if (v === "down") throw new Error("the API is down");
              reads++;
              yield { v };
            },
          }),
        ],
      });
    await leave(list("as of monday", "old"));
    await elsewhere(list("as of tuesday", "new"));
    await rejectionOf(resume(list("as of wednesday", "down")).then(({ report }) => report));
    expect(reads).toBe(2);
    expect(await rowsOf(destination, "d", "t")).toMatchObject([{ v: "new" }]);
  });

  it("is loaded as a whole when nothing of it was read since", async () => {
    const { destination, leave, elsewhere, resume } = twoPlaces();
    await leave(months(["jan"], "old"));
    await elsewhere(months(["feb"], "new"));
    const { report, notes } = await resume(months([], ""));
    expect(report.packages).toMatchObject([{ origin: "resumed", outcome: "committed" }]);
    expect(notes).toEqual([]);
    expect(await rowsOf(destination, "d", "t")).toHaveLength(2);
  });
});
