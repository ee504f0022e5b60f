import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-empty-"));
});
afterEach(() => rm(folder, { recursive: true }));

it("a resource whose types are known has its table although no record came; the first record changes no more than it must", async () => {
  const records: { id: string; secret: string; address: { city: string }; extra: { any: number } }[] = [];
  const people = defineResource({
    name: "people",
    primaryKey: "id",
    writeDisposition: "merge",
    secretFields: ["secret"],
    fieldHints: [
      { path: ["id"], dataType: "text" },
      { path: ["secret"], dataType: "text" },
      { path: ["address", "city"], dataType: "text" },
      { path: ["extra"], dataType: "json" },
      { path: ["phones", "[]", "number"], dataType: "text" },
    ],
    read: () => [...records],
  });
  const untyped = defineResource({ name: "untyped", read: () => [] as { a: number }[] });
  const source = defineSource({ name: "registry", resources: [people, untyped] });
  const pipeline = createPipeline({
    name: "p",
    destination: memoryDestination(),
    dataset: "d",
    workingDirectory: join(folder, "work"),
  });
  const first = await pipeline.run(source);
  expect(await pipeline.query('SELECT * FROM "people"')).toEqual([]);
  expect(first.schemaChanges).toEqual([{ kind: "table-added", table: "people" }]);
  expect((await pipeline.run(source)).schemaChanges).toEqual([]);

  records.push({ id: "a", secret: "s", address: { city: "Lima" }, extra: { any: 1 } });
  const { schemaChanges, resources } = await pipeline.run(source);
  expect(schemaChanges).toEqual([]);
  expect(resources.people.rows.inserted).toBe(1);
  const [row] = await pipeline.query('SELECT * FROM "people"');
  expect(row).toMatchObject({ id: "a", address__city: "Lima" });
  expect(Object.keys(row ?? {}).filter((name) => name.startsWith("secret"))).toEqual([]);
});
