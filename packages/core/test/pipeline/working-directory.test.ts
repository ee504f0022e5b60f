import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();

describe("a working directory that cannot be one", () => {
  it.each([
    ["a file", "work"],
    ["below a file", "work/cliengo"],
  ])("is told, with what to do: %s", async (_what, directory) => {
    const folder = newFolder();
    writeFileSync(join(folder, "work"), "");
    const workingDirectory = join(folder, directory);
    const pipeline = createPipeline({ name: "p", destination: memoryDestination(), dataset: "d", workingDirectory });
    const rows = defineResource({ name: "rows", read: () => [[{ id: 1 }]] });
    await expect(pipeline.run(defineSource({ name: "s", resources: [rows] }))).rejects.toMatchObject({
      code: "folder_not_writable",
      message: expect.stringMatching(new RegExp(`^${workingDirectory} cannot be a folder .*a file stands there`)),
    });
  });
});
