import { describe, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource } from "../../src/index.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();

describe('rowIdentity: "content"', () => {
  it("finds equal records again, adds changed ones, and counts equal ones of a partition", async () => {
    const destination = memoryDestination();
    const pipeline = createPipeline({ name: "p", destination, dataset: "d", workingDirectory: newFolder() });
    const run = (texts: readonly string[]) => {
      const lines = defineResource({
        name: "lines",
        writeDisposition: "merge",
        rowIdentity: "content",
        unchanged: "keep",
        read: () => texts.map((text) => ({ text })),
      });
      return pipeline.run(defineSource({ name: "s", resources: [lines] }));
    };
    await run(["a", "b", "a"]);
    const report = await run(["a", "b", "a", "c"]);
    expect(report.resources.lines.rows).toEqual({ inserted: 1, updated: 0, unchanged: 3, deleted: 0 });
    expect((await rowsOf(destination, "d", "lines")).map(({ text }) => text).toSorted()).toEqual(["a", "a", "b", "c"]);
  });
});
