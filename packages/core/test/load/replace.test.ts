import { describe, expect, it } from "vitest";
import type { Destination } from "../../src/destination/destination.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import type { PartitionVerdict } from "../../src/source/partition.ts";
import type { Resource } from "../../src/source/resource.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "../pipeline/contents.ts";
import { rejectionOf } from "../pipeline/rejection.ts";
import { simulatedClock } from "../pipeline/shop-source.ts";
import { temporaryFolders } from "../pipeline/temporary-folder.ts";

const newFolder = temporaryFolders();

interface Answer {
  readonly rows: readonly { readonly id: number; readonly tags?: readonly string[] }[];
  readonly verdict?: PartitionVerdict;
  readonly fails?: boolean;
}

/** A list that is replaced, read in as many slices as there are answers, and a log beside it. */
function source(answers: readonly Answer[], onIncomplete: "refuse" | "apply" = "refuse") {
  const list = defineResource({
    name: "list",
    primaryKey: "id",
    writeDisposition: "replace",
    onIncomplete,
    partitions: () => answers.map((_answer, index) => ({ id: String(index), kind: "window" })),
    *read({ partition }) {
      const answer = answers[Number(partition.id)];
      if (answer?.fails === true) throw new Error("gone");
      yield [...(answer?.rows ?? [])];
      return answer?.verdict;
    },
  });
  const log = defineResource({ name: "log", read: () => [{ at: 1 }] });
  return defineSource({ name: "s", resources: [list, log] });
}

function pipelineOn(destination: Destination, workingDirectory: string) {
  return createPipeline({
    name: "p",
    destination,
    dataset: "d",
    workingDirectory,
    clock: simulatedClock(),
    packages: { maxPartitions: 1 },
  });
}

const list = async (destination: Destination) => (await rowsOf(destination, "d", "list")).map(({ id }) => id);
const tags = async (destination: Destination) =>
  (await rowsOf(destination, "d", "list__tags")).map(({ value }) => value);
const likely: PartitionVerdict = { rows: "likely", note: "it moved while it was read" };

/** A destination in which the list holds 1 and 2. */
async function loaded(folder: string): Promise<Destination> {
  const destination = memoryDestination();
  await pipelineOn(destination, folder).run(
    source([{ rows: [{ id: 1, tags: ["x"] }] }, { rows: [{ id: 2, tags: ["y", "z"] }] }]),
  );
  expect(await list(destination)).toEqual([1, 2]);
  expect(await tags(destination)).toEqual(["x", "y", "z"]);
  return destination;
}

describe("replace", () => {
  it("puts all slices in one package and replaces children with their parents", async () => {
    const folder = newFolder();
    const destination = await loaded(folder);
    const report = await pipelineOn(destination, folder).run(
      source([{ rows: [] }, { rows: [{ id: 3 }] }, { rows: [{ id: 4 }] }]),
    );
    expect(await list(destination)).toEqual([3, 4]);
    expect(await tags(destination)).toEqual([]);
    expect(report.resources.list).toMatchObject({ rows: { inserted: 2, deleted: 2 }, childRows: { deleted: 3 } });
    // A package may hold one partition here; the list did not let itself be divided.
    expect(report.packages.map(({ partitions }) => partitions)).toEqual([3, 1]);
  });

  it.each(["likely", "unproved", "truncated"] as const)(
    "by a list that is only %s is refused, the rest is loaded",
    async (rows) => {
      const folder = newFolder();
      const destination = await loaded(folder);
      const error = await rejectionOf(
        pipelineOn(destination, folder).run(
          source([{ rows: [{ id: 3 }] }, { rows: [], verdict: { rows, note: "why not" } }]),
        ),
      );
      expect(error.code).toBe("replace_refused");
      expect(error.message).toMatch(
        new RegExp(`"list" was to be replaced, but its reading is only ${rows} \\(why not\\)`),
      );
      expect(error.report.resources).toMatchObject({
        list: { outcome: "not-committed", completeness: { rows } },
        log: { outcome: "committed", rows: { inserted: 1 } },
      });
      expect(await list(destination)).toEqual([1, 2]);
      expect(await rowsOf(destination, "d", "log")).toHaveLength(2);
      const stored = await rowsOf(destination, "d", "_typeload_partitions");
      expect(
        stored.map(({ resource, partition_id }) => `${String(resource)} ${String(partition_id)}`).toSorted(),
      ).toEqual(["list 0", "list 1", "log whole"]);
    },
  );

  it("is applied where one asks for it", async () => {
    const folder = newFolder();
    const destination = await loaded(folder);
    await pipelineOn(destination, folder).run(source([{ rows: [{ id: 3 }], verdict: likely }], "apply"));
    expect(await list(destination)).toEqual([3]);
  });

  it("by nothing empties the table only when that is proved", async () => {
    const folder = newFolder();
    const destination = await loaded(folder);
    const refused = await rejectionOf(
      pipelineOn(destination, folder).run(source([{ rows: [], verdict: likely }], "apply")),
    );
    expect(refused.message).toMatch(/"list" came back empty and is only likely \(it moved while it was read\)/);
    expect(await list(destination)).toEqual([1, 2]);

    const report = await pipelineOn(destination, folder).run(source([{ rows: [] }]));
    expect(await list(destination)).toEqual([]);
    expect(await tags(destination)).toEqual([]);
    expect(report.resources.list.rows).toEqual({ inserted: 0, updated: 0, unchanged: 0, deleted: 2 });
  });

  it("of a table that does not exist yet by nothing is no error", async () => {
    const destination = memoryDestination();
    const report = await pipelineOn(destination, newFolder()).run(source([{ rows: [] }]));
    expect(report.resources.list.outcome).toBe("committed");
    expect(await list(destination)).toEqual([]);
  });

  it("that was cut short by an error is not applied, not even in part", async () => {
    const folder = newFolder();
    const destination = await loaded(folder);
    const cut = source([{ rows: [{ id: 3 }] }, { rows: [], fails: true }], "apply");
    const error = await rejectionOf(pipelineOn(destination, folder).run(cut));
    expect(error.code).toBe("resource_read");
    expect(error.report.resources["list"]?.outcome).toBe("not-committed");
    expect(await list(destination)).toEqual([1, 2]);
    expect(error.report.packages).toMatchObject([{ outcome: "failed", partitions: 1 }]);
  });
});

describe("the list of a parent", () => {
  function family(parentVerdict: PartitionVerdict) {
    const parent = defineResource({
      name: "parent",
      *read() {
        yield [{ id: 1 }, { id: 1 }, { id: 2 }];
        return parentVerdict;
      },
    });
    const child: Resource = defineResource({
      name: "child",
      writeDisposition: "replace",
      parent: { resource: "parent", fields: ["id"] },
      async *partitions({ parents, planned }) {
        expect(planned("parent")).toEqual([{ id: "whole", kind: "whole" }]);
        for await (const { id } of parents()) yield { id: String(id), kind: "parent" };
      },
      read: ({ partition }) => [{ of: partition.id }],
    });
    return defineSource({ name: "family", resources: [child, parent] });
  }

  it("that is truncated makes its children's list truncated, so that it is not replaced", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    await pipelineOn(destination, folder).run(family({ rows: "proved" }));
    const error = await rejectionOf(pipelineOn(destination, folder).run(family({ rows: "truncated", expected: 9 })));
    expect(error.report.resources["child"]).toMatchObject({
      outcome: "not-committed",
      partitions: { read: 2 },
      completeness: { rows: "truncated", read: 2, note: "the list of parent is truncated" },
    });
    expect((await rowsOf(destination, "d", "child")).map(({ of }) => of)).toEqual(["1", "2"]);
  });
});

describe("required completeness", () => {
  it("rejects after committing, and says what is weaker", async () => {
    const destination = memoryDestination();
    const rows = defineResource({
      name: "rows",
      partitions: () => ["a", "b", "c"].map((id) => ({ id, kind: "window" })),
      *read({ partition }) {
        yield { id: partition.id };
        return { rows: partition.id === "b" ? "truncated" : "proved", expected: 2 };
      },
    });
    const run = pipelineOn(destination, newFolder()).run(defineSource({ name: "s", resources: [rows] }), {
      completeness: { atLeast: "likely" },
    });
    const error = await rejectionOf(run);
    expect(error.code).toBe("incomplete");
    expect(error.message).toMatch(/the rows are not likely: rows is truncated/);
    expect(error.report.packages).toMatchObject([{ partitions: 3, outcome: "committed" }]);
    expect(await rowsOf(destination, "d", "rows")).toHaveLength(3);
    const [verdict] = await rowsOf(destination, "d", "_typeload_completeness");
    expect(verdict).toMatchObject({ resource: "rows", rows: "truncated", expected: 6, read: 3 });
  });
});
