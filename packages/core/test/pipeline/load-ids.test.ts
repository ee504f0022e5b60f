import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/destination/destination.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { simulatedClock } from "./shop-source.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();
const ahead = Date.parse("2026-01-01T01:00:00Z");
const behind = Date.parse("2026-01-01T00:00:00Z");

function pipeline(name: string, destination: Destination, start: number, more = {}) {
  const clock = simulatedClock(start);
  return createPipeline({ name, destination, dataset: "d", workingDirectory: newFolder(), clock, ...more });
}

/** One record in a table of the source's own name. */
function source(name: string, wait?: Promise<unknown>) {
  const rows = defineResource({
    name,
    async *read() {
      await wait;
      yield { from: name };
    },
  });
  return defineSource({ name, resources: [rows] });
}

/** Both begin after the same load, by clocks that are behind it. */
async function together(destination: Destination, more: object, folders: { a?: string; b?: string } = {}) {
  await pipeline("first", destination, ahead).run(source("first"));
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  let waiting = 0;
  const onEvent = ({ type }: { type: string }) => {
    if (type === "resource-started" && ++waiting === 2) open();
  };
  const run = (name: "a" | "b", start: number) => {
    const folder = folders[name];
    const place = folder === undefined ? {} : { workingDirectory: folder };
    return pipeline(name, destination, start, { ...more, ...place }).run(source(name, gate), { onEvent });
  };
  return Promise.allSettled([run("a", behind), run("b", behind + 7000)]);
}

describe("two pipelines of one dataset whose clocks are behind its last load", () => {
  it("have load ids of their own, and both load their rows", async () => {
    const destination = memoryDestination();
    const [a, b] = await together(destination, {});
    expect([a, b]).toMatchObject([{ status: "fulfilled" }, { status: "fulfilled" }]);
    expect(await rowsOf(destination, "d", "a")).toMatchObject([{ from: "a" }]);
    expect(await rowsOf(destination, "d", "b")).toMatchObject([{ from: "b" }]);
    expect(await rowsOf(destination, "d", "_dlt_loads")).toHaveLength(3);
  });

  it("and that meet in one id all the same: one of them fails, keeps its package, and loads its rows when it runs again", async () => {
    const destination = memoryDestination();
    const folders = { a: newFolder(), b: newFolder() };
    const settled = await together(destination, { random: () => 0.5 }, folders);
    const lost = settled[0].status === "rejected" ? "a" : "b";
    const failed = settled.filter(({ status }) => status === "rejected");
    expect(failed).toMatchObject([{ reason: { code: "load_id_taken", retryable: true } }]);
    const [loadId = ""] = await readdir(join(folders[lost], "rejected"));
    expect(String((failed[0] as PromiseRejectedResult).reason)).toContain(join(folders[lost], "rejected", loadId));
    expect(await readdir(join(folders[lost], "packages"))).toEqual([]);
    expect(await rowsOf(destination, "d", lost)).toEqual([]);

    const again = pipeline(lost, destination, behind, { workingDirectory: folders[lost] });
    const report = await again.run(source(lost));
    expect(report.packages).toMatchObject([{ origin: "this-run", outcome: "committed" }]);
    expect(await rowsOf(destination, "d", "a")).toHaveLength(1);
    expect(await rowsOf(destination, "d", "b")).toHaveLength(1);
  });
});
