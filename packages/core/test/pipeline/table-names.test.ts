import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource } from "../../src/index.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();

function setUp(...resources: readonly { readonly name: string; readonly tableName?: string }[]) {
  const folder = newFolder();
  const destination = memoryDestination();
  const source = defineSource({
    name: "s",
    resources: resources.map((each) => defineResource({ ...each, read: () => [{ from: each.name }] })),
  });
  const pipeline = createPipeline({ name: "p", destination, dataset: "d", workingDirectory: folder });
  return { folder, destination, run: (names?: string[]) => pipeline.run(source, { resources: names }) };
}

describe("two resources that want one table", () => {
  it.each([
    [{ name: "Orders" }, { name: "orders" }, "orders"],
    [{ name: "a", tableName: "t" }, { name: "b", tableName: "t" }, "t"],
    [{ name: "lineItems" }, { name: "other", tableName: "line-items" }, "line_items"],
  ])("are refused before anything moves: %o, %o", async (first, second, table) => {
    const { folder, destination, run } = setUp(first, second);
    await expect(run()).rejects.toMatchObject({
      name: "ConfigurationError",
      code: "table_name_taken",
      message: expect.stringContaining(
        `resources "${first.name}" and "${second.name}" both want table "${table}" of destination "memory"`,
      ) as string,
    });
    expect(await rowsOf(destination, "d", table)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("may be loaded by different runs", async () => {
    const { destination, run } = setUp({ name: "recent", tableName: "t" }, { name: "all", tableName: "t" });
    await run(["recent"]);
    await run(["all"]);
    expect((await rowsOf(destination, "d", "t")).map(({ from }) => from)).toEqual(["recent", "all"]);
  });
});
