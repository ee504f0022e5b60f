import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DestinationError } from "../../src/destination/destination-error.ts";
import type { Destination } from "../../src/destination/destination.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { pageBytes } from "../../src/source/page-bytes.ts";
import type { Source } from "../../src/source/resource.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { dataOf, rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { simulatedClock } from "./shop-source.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { type Watch, watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();

/** Three slices of an append; leaves out what is committed. */
function slices(read: (id: string) => readonly object[] = (id) => [{ id }]): Source {
  const rows = defineResource({
    name: "rows",
    *partitions({ committed }) {
      const done = committed();
      for (const id of ["a", "b", "c"]) {
        if (!done.some(({ partition }) => partition.id === id)) yield { id, kind: "window" };
      }
      return { skipped: done };
    },
    read: ({ partition }) => read(partition.id),
  });
  return defineSource({ name: "slices", resources: [rows] });
}

function pipelineOn(destination: Destination, workingDirectory: string, packages = {}) {
  return createPipeline({ name: "p", destination, dataset: "d", workingDirectory, clock: simulatedClock(), packages });
}

const ids = async (destination: Destination) => (await rowsOf(destination, "d", "rows")).map(({ id }) => id);

/** Does something the first time a method is called. */
function once(
  method: string,
  when: "before" | "after",
  strike: (argument: unknown) => void,
): Watch & { calls: string[] } {
  let struck = false;
  const calls: string[] = [];
  return {
    calls,
    before(called, argument) {
      calls.push(called);
      if (when === "before" && called === method && !struck) {
        struck = true;
        strike(argument);
      }
    },
    after(called, argument) {
      if (when === "after" && called === method && !struck) {
        struck = true;
        strike(argument);
      }
    },
  };
}

describe("packages on disk", () => {
  it("meant for another destination, dataset or source are left alone", async () => {
    const folder = newFolder();
    const first = memoryDestination({ name: "first" });
    const broken: Watch = {
      before(method) {
        if (method === "commit") throw new DestinationError("read only", { code: "read_only" });
      },
    };
    await rejectionOf(pipelineOn(watchedDestination(first, broken), folder).run(slices()));

    const second = memoryDestination({ name: "second" });
    const report = await pipelineOn(second, folder).run(slices((id) => [{ id: `second ${id}` }]));
    expect(report.packages).toMatchObject([{ origin: "this-run" }]);
    expect(await ids(second)).toEqual(["second a", "second b", "second c"]);
    const status = await pipelineOn(second, folder).status();
    expect(status).toMatchObject({
      running: false,
      pending: [{ destination: "first memory of this process", source: "slices" }],
    });

    await pipelineOn(first, folder).run(slices());
    expect(await ids(first)).toEqual(["a", "b", "c"]);
  });

  it("that are damaged are not loaded, and the error says which folder", async () => {
    const folder = newFolder();
    const destination = memoryDestination();
    const broken = once("commit", "before", () => {
      throw new DestinationError("read only", { code: "read_only" });
    });
    await rejectionOf(pipelineOn(watchedDestination(destination, broken), folder).run(slices()));
    const [loadId = ""] = await readdir(join(folder, "packages"));
    const log = join(folder, "packages", loadId, "pages.log");
    const bytes = await readFile(log);
    bytes[bytes.length - 10] = 0;
    await writeFile(log, bytes);
    const error = await rejectionOf(pipelineOn(destination, folder).run(slices()));
    expect(error.code).toBe("package_damaged");
    expect(error.message).toContain(join(folder, "packages", loadId));
    expect(await ids(destination)).toEqual([]);
  });

  it("hold no secret, whether the source yields bytes or objects", async () => {
    const canary = "canary-4711";
    const folder = newFolder();
    const body = JSON.stringify([{ id: 1, token: canary, deep: [{ token: { inside: canary } }], note: "kept" }]);
    const source = defineSource({
      name: "s",
      resources: [
        defineResource({
          name: "rows",
          secretFields: ["token"],
          *read() {
            yield pageBytes(new TextEncoder().encode(body), { fields: { token: canary } });
            yield { id: 2, token: canary, deep: [{ token: [canary] }], note: "kept" };
          },
        }),
      ],
    });
    const destination = memoryDestination();
    const options = { name: "p", destination, dataset: "d", workingDirectory: folder, keepPackages: true };
    await createPipeline(options).run(source);
    const files = await readdir(folder, { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), "latin1")),
    );
    expect(texts.join("\n")).toContain("kept");
    expect(texts.join("\n")).not.toContain("canary");
    expect(JSON.stringify(await rowsOf(destination, "d", "rows"))).not.toMatch(/canary|token/);
    expect(await dataOf(destination, "d", "rows__deep")).toHaveLength(2);
  });
});
