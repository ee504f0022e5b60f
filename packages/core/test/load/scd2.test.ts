import { describe, expect, it } from "vitest";
import { DestinationError } from "../../src/destination/destination-error.ts";
import type { Destination } from "../../src/destination/destination.ts";
import { timeOfLoadId } from "../../src/extract/load-id.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { pageBytes } from "../../src/source/page-bytes.ts";
import type { PartitionVerdict } from "../../src/source/partition.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "../pipeline/contents.ts";
import { rejectionOf } from "../pipeline/rejection.ts";
import { temporaryFolders } from "../pipeline/temporary-folder.ts";
import { watchedDestination } from "../pipeline/watched.ts";

const newFolder = temporaryFolders();

interface Item {
  readonly id: number;
  readonly v?: string;
  readonly tags?: readonly string[];
}

interface Setting {
  readonly verdict?: PartitionVerdict;
  readonly onIncomplete?: "refuse" | "apply";
  readonly mergeKey?: "id";
}

/** A list of which every version is kept, in as many slices as are given. */
function source(slices: readonly (readonly Item[])[], { verdict, onIncomplete, mergeKey }: Setting = {}) {
  const list = defineResource({
    name: "list",
    writeDisposition: { merge: "scd2" },
    onIncomplete,
    mergeKey,
    partitions: () => slices.map((_slice, index) => ({ id: String(index), kind: "window" })),
    *read({ partition }) {
      yield slices[Number(partition.id)] ?? [];
      return verdict;
    },
  });
  return defineSource({ name: "s", resources: [list] });
}

function on(destination: Destination, workingDirectory = newFolder()) {
  return createPipeline({ name: "p", destination, dataset: "d", workingDirectory, packages: { maxPartitions: 1 } });
}

/** `id v from to`, with times as given. */
async function versions(destination: Destination): Promise<readonly string[]> {
  const rows = await rowsOf(destination, "d", "list");
  const cell = (value: unknown): string => (value === null || value === undefined ? "-" : String(value));
  return rows
    .map(({ id, v, _dlt_valid_from, _dlt_valid_to }) => [id, v, _dlt_valid_from, _dlt_valid_to].map(cell).join(" "))
    .toSorted();
}

const likely: PartitionVerdict = { rows: "likely", note: "it moved" };

describe("scd2", () => {
  it("commits all slices as one package, and times versions by its load id", async () => {
    const destination = memoryDestination();
    const first = await on(destination).run(source([[{ id: 1, v: "a" }], [{ id: 2, v: "b", tags: ["x"] }]]));
    expect(first.packages).toHaveLength(1);
    const begin = timeOfLoadId(first.packages[0]?.loadId ?? "");
    expect(begin).toMatch(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(await versions(destination)).toEqual([`1 a ${begin} -`, `2 b ${begin} -`]);

    const second = await on(destination).run(source([[{ id: 1, v: "A" }], [{ id: 2, v: "b", tags: ["x"] }]]));
    const change = timeOfLoadId(second.packages[0]?.loadId ?? "");
    expect(await versions(destination)).toEqual([`1 A ${change} -`, `1 a ${begin} ${change}`, `2 b ${begin} -`]);
    expect(second.resources["list"]).toMatchObject({
      rows: { inserted: 1, updated: 1, unchanged: 1, deleted: 0 },
      childRows: { inserted: 0, updated: 0, unchanged: 1, deleted: 0 },
      notes: [],
    });
  });

  it("gives the same times when a package is loaded again by a later run", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    const down = watchedDestination(destination, {
      before(method) {
        if (method === "commit") throw new DestinationError("read only for now", { code: "read_only" });
      },
    });
    const failed = await rejectionOf(on(down, folder).run(source([[{ id: 1, v: "a" }]])));
    const loadId = failed.report.packages[0]?.loadId ?? "";
    await new Promise((resolve) => setTimeout(resolve, 5));
    const report = await on(destination, folder).run(source([[{ id: 1, v: "a" }]]));
    expect(report.packages.map(({ origin, outcome }) => [origin, outcome])).toEqual([
      ["resumed", "committed"],
      ["this-run", "committed"],
    ]);
    expect(await versions(destination)).toEqual([`1 a ${timeOfLoadId(loadId)} -`]);
  });

  it.each(["likely", "unproved", "truncated"] as const)("by a list that is only %s retires nothing", async (rows) => {
    const destination = memoryDestination();
    await on(destination).run(source([[{ id: 1, v: "a" }, { id: 2 }]]));
    const before = await versions(destination);
    const error = await rejectionOf(
      on(destination).run(source([[{ id: 1, v: "A" }]], { verdict: { rows, note: "why not" } })),
    );
    expect(error.code).toBe("retire_refused");
    expect(error.message).toMatch(
      new RegExp(`"list" keeps versions \\(scd2\\), and its reading is only ${rows} \\(why not\\)`),
    );
    expect(await versions(destination)).toEqual(before);
  });

  it("by a list that is not proved is applied where one asks for it, and with a merge key", async () => {
    const destination = memoryDestination();
    await on(destination).run(source([[{ id: 1, v: "a" }, { id: 2 }]], { mergeKey: "id" }));
    await on(destination).run(source([[{ id: 1, v: "A" }]], { verdict: likely, mergeKey: "id" }));
    const open = async () =>
      (await versions(destination)).filter((line) => line.endsWith(" -")).map((line) => line.slice(0, 3));
    expect(await open()).toEqual(["1 A", "2 -"]);
    await on(destination).run(source([[{ id: 1, v: "A" }]], { verdict: likely, onIncomplete: "apply" }));
    expect(await open()).toEqual(["1 A"]);
  });

  it("by a proved list of nothing retires nothing, as dlt", async () => {
    const destination = memoryDestination();
    await on(destination).run(source([[{ id: 1, v: "a" }]]));
    const before = await versions(destination);
    await on(destination).run(source([[]]));
    expect(await versions(destination)).toEqual(before);
  });

  it("stores equal records of one load once, and says so", async () => {
    const destination = memoryDestination();
    const twice = { id: 1, v: "a", tags: ["x", "y"] };
    const report = await on(destination).run(
      source([
        [twice, { id: 2 }],
        [twice, twice],
      ]),
    );
    expect((await versions(destination)).map((line) => line.slice(0, 3))).toEqual(["1 a", "2 -"]);
    expect((await rowsOf(destination, "d", "list__tags")).map(({ value }) => value)).toEqual(["x", "y"]);
    expect(report.resources["list"]?.notes).toEqual([
      "2 of 4 records were equal to another one of this load (in _dlt_id): each version is stored once",
    ]);
  });

  it("tells equal records of different parents apart, by the fields of their pages", async () => {
    const destination = memoryDestination();
    const body = new TextEncoder().encode('[{"id":1}]');
    const list = defineResource({
      name: "list",
      writeDisposition: { merge: "scd2" },
      read: () => ["a", "b"].map((v) => pageBytes(body, { fields: { v } })),
    });
    await on(destination).run(defineSource({ name: "s", resources: [list] }));
    expect((await versions(destination)).map((line) => line.slice(0, 3))).toEqual(["1 a", "1 b"]);
  });

  it("keeps a member that has the name of a validity column beside it", async () => {
    const destination = memoryDestination();
    const list = defineResource({
      name: "list",
      writeDisposition: { merge: "scd2", validFrom: "since" },
      read: () => [{ id: 1, since: "2020" }],
    });
    const report = await on(destination).run(defineSource({ name: "s", resources: [list] }));
    const [row] = await rowsOf(destination, "d", "list");
    expect(row).toMatchObject({ since: timeOfLoadId(report.packages[0]?.loadId ?? ""), since_2: "2020" });
    expect(report.schemaChanges).toContainEqual(expect.objectContaining({ kind: "name-collision", column: "since_2" }));
  });

  it("with a version column refuses a record that has none", async () => {
    const list = defineResource({
      name: "list",
      writeDisposition: { merge: "scd2", rowVersionColumn: "etag" },
      read: () => [[{ id: 1, etag: "x" }], [{ id: 2 }]],
    });
    const error = await rejectionOf(on(memoryDestination()).run(defineSource({ name: "s", resources: [list] })));
    expect(error.code).toBe("null_in_not_null");
    expect(error.message).toContain('column "etag"');
  });
});
