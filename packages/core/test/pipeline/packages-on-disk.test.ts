import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DestinationError } from "../../src/destination/destination-error.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import type { RunEvent } from "../../src/run-events.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { pageBytes } from "../../src/source/page-bytes.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { dataOf, rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { ids, pipelineOn, slices } from "./slices-source.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { type Watch, watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();

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

  it("that are damaged are not loaded: they are set aside, and what they held is read again", async () => {
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
    const events: RunEvent[] = [];
    const report = await pipelineOn(destination, folder).run(slices(), { onEvent: (event) => void events.push(event) });
    expect(events.find(({ type }) => type === "package-set-aside")).toMatchObject({
      loadId,
      location: join(folder, "rejected", loadId),
      message: expect.stringContaining(join(folder, "packages", loadId)) as string,
    });
    expect(report.packages).toMatchObject([{ loadId, outcome: "set-aside" }, { outcome: "committed" }]);
    expect(await readdir(join(folder, "rejected", loadId))).toEqual(["manifest.json", "pages.log"]);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });

  it("whose manifest is damaged stand in nobody's way, whoever they were meant for", async () => {
    const folder = newFolder();
    const first = memoryDestination({ name: "first" });
    const broken = once("commit", "before", () => {
      throw new DestinationError("read only", { code: "read_only" });
    });
    await rejectionOf(pipelineOn(watchedDestination(first, broken), folder).run(slices()));
    const [loadId = ""] = await readdir(join(folder, "packages"));
    await writeFile(join(folder, "packages", loadId, "manifest.json"), '{"formatVersion":1');

    const second = memoryDestination({ name: "second" });
    const events: RunEvent[] = [];
    const report = await pipelineOn(second, folder).run(slices(), { onEvent: (event) => void events.push(event) });
    expect(await ids(second)).toEqual(["a", "b", "c"]);
    const location = join(folder, "rejected", loadId);
    expect(events.filter(({ type }) => type === "package-set-aside")).toEqual([
      {
        type: "package-set-aside",
        loadId,
        location,
        message: expect.stringContaining("manifest.json is not JSON") as string,
      },
    ]);
    expect(report.packages).toMatchObject([{ loadId, outcome: "set-aside" }, { outcome: "committed" }]);
    expect(await readdir(location)).toEqual(["manifest.json", "pages.log"]);
    await pipelineOn(first, folder).run(slices());
    expect(await ids(first)).toEqual(["a", "b", "c"]);
  });

  it("that can never be loaded fail one run, and stand in nobody's way after the next", async () => {
    const folder = newFolder();
    const destination = memoryDestination();
    const answers: Record<string, unknown>[] = [{ id: "a" }];
    const items = defineResource({ name: "items", primaryKey: "id", writeDisposition: "merge", read: () => [answers] });
    const shop = defineSource({ name: "shop", resources: [items] });
    const run = () => pipelineOn(destination, folder).run(shop);

    answers[0] = { error: "boom", status: 500 };
    const first = await rejectionOf(run());
    expect(first.code).toBe("null_in_not_null");
    expect(first.message).toContain(
      'key column "id" of table "items" must not be null, but record 0 of page 0 of resource "items" has no value for it. Its members are "error", "status"',
    );
    expect(first.message).toContain("if it fails again, it is set aside");
    answers[0] = { id: "a", name: "good" };
    const report = await run();
    expect(report.packages.map(({ outcome }) => outcome)).toEqual(["set-aside", "committed"]);
    expect((await rowsOf(destination, "d", "items")).map(({ name }) => name)).toEqual(["good"]);
    expect((await pipelineOn(destination, folder).status()).pending).toEqual([]);

    answers[0] = { error: "boom" };
    for (let night = 0; night < 14; night++) await rejectionOf(run());
    expect(await readdir(join(folder, "rejected"))).toHaveLength(10);
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

  it("hold no secret in what children want of their parents either", async () => {
    class Entity {
      readonly id = 2;
      readonly config = { token: "canary", region: "south" };
      readonly token = "canary";
      readonly price = { toJSON: () => ({ token: "canary", amount: 5 }) };
    }
    const folder = newFolder();
    const body = JSON.stringify([{ id: 1, config: { token: "canary", region: "north" }, token: "canary", price: 4 }]);
    const spooled: string[] = [];
    const parents = defineResource({
      name: "parents",
      secretFields: ["token"],
      *read() {
        yield pageBytes(new TextEncoder().encode(body));
        yield new Entity();
      },
    });
    const children = defineResource({
      name: "children",
      parent: { resource: "parents", fields: ["id", "config", "price"] },
      async *partitions(context) {
        for await (const { id, config, price } of context.parents()) {
          const files = await readdir(folder, { recursive: true, withFileTypes: true });
          for (const file of files.filter((each) => each.isFile()))
            spooled.push(await readFile(join(file.parentPath, file.name), "latin1"));
          yield { id: String(id), kind: "parent", data: { config, price } };
        }
      },
      read: ({ partition }) => [{ of: partition.id, data: partition.data }],
    });
    const destination = memoryDestination();
    const options = { name: "p", destination, dataset: "d", workingDirectory: folder, keepPackages: true };
    await createPipeline(options).run(defineSource({ name: "s", resources: [parents, children] }));
    expect(spooled.join("\n")).toContain("north");
    expect(spooled.join("\n")).not.toContain("canary");
    expect(await rowsOf(destination, "d", "children")).toMatchObject([
      { of: "1", data__config__region: "north", data__price: 4 },
      { of: "2", data__config__region: "south", data__price__amount: 5 },
    ]);
    expect(JSON.stringify(await dataOf(destination, "d", "parents"))).not.toContain("canary");
  });

  it("stand beside no folder of a run that was killed", async () => {
    const folder = newFolder();
    await mkdir(join(folder, "spool", "killed"), { recursive: true });
    await writeFile(join(folder, "spool", "killed", "0.ndjson"), "{}\n");
    await pipelineOn(memoryDestination(), folder).run(slices());
    expect(await readdir(folder)).not.toContain("spool");
  });
});
