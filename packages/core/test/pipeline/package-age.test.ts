import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();

/** Two partitions, the second of which is slow; `meanwhile` gives what is stored after so many seconds of its reading. */
function slowSecond(writeDisposition: "append" | "replace") {
  const clock = fakeClock();
  const destination = memoryDestination({ clock });
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const { promise: logged, resolve: firstIsLogged } = Promise.withResolvers<void>();
  const rows = defineResource({
    name: "rows",
    writeDisposition,
    *partitions() {
      yield { id: "1", kind: "window" };
      yield { id: "2", kind: "window" };
    },
    async *read({ partition }) {
      if (partition.id === "2") await gate;
      yield { id: partition.id };
    },
  });
  const run = createPipeline({ name: "p", destination, dataset: "d", workingDirectory: newFolder(), clock }).run(
    defineSource({ name: "s", resources: [rows] }),
    { onEvent: ({ type }) => void (type === "partition-read" && firstIsLogged()) },
  );
  const stored = async () => (await rowsOf(destination, "d", "rows")).map(({ id }) => id);
  return {
    destination,
    stored,
    async meanwhile(seconds: number) {
      await logged;
      clock.advance(seconds * 1000);
      for (let waits = 0; waits < 100 && (await stored()).length === 0; waits++) await wait(2);
      return stored();
    },
    async end() {
      open();
      return run;
    },
  };
}

describe("a package that has reached its age", () => {
  it("is committed although the next partition is slow", async () => {
    const { destination, stored, meanwhile, end } = slowSecond("append");
    expect(await meanwhile(290)).toEqual([]);
    expect(await meanwhile(20)).toEqual(["1"]);
    const report = await end();
    expect(report.packages.map(({ partitions, outcome }) => [partitions, outcome])).toEqual([
      [1, "committed"],
      [1, "committed"],
    ]);
    expect(await stored()).toEqual(["1", "2"]);
    // Said once, with the last partition.
    expect(await rowsOf(destination, "d", "_typeload_completeness")).toMatchObject([
      { resource: "rows", rows: "proved", load_id: report.packages[1]?.loadId },
    ]);
  });

  it("waits for all partitions of a resource that is replaced", async () => {
    const { stored, meanwhile, end } = slowSecond("replace");
    expect(await meanwhile(3000)).toEqual([]);
    expect((await end()).packages).toMatchObject([{ partitions: 2, outcome: "committed" }]);
    expect(await stored()).toEqual(["1", "2"]);
  });
});
