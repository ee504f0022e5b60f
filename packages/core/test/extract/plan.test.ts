import { describe, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource, type Partition } from "../../src/index.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "../pipeline/contents.ts";
import { rejectionOf } from "../pipeline/rejection.ts";
import { temporaryFolders } from "../pipeline/temporary-folder.ts";

const newFolder = temporaryFolders();

function setUp(partitions: () => Iterable<unknown>, seen: unknown[] = []) {
  const destination = memoryDestination();
  const rows = defineResource({
    name: "rows",
    partitions: partitions as () => Iterable<Partition>, // what a source without types may do
    read({ partition }) {
      seen.push(partition.data);
      return [{ of: partition.id }];
    },
  });
  const pipeline = createPipeline({ name: "p", destination, dataset: "d", workingDirectory: newFolder() });
  return { destination, run: () => pipeline.run(defineSource({ name: "s", resources: [rows] })) };
}

describe("a plan", () => {
  it("may yield one object again and again, changed in between", async () => {
    const { destination, run } = setUp(function* () {
      const data = { at: [0] };
      const partition = { id: "", kind: "window", data };
      for (const id of ["a", "b", "c"]) {
        partition.id = id;
        data.at[0] = id.charCodeAt(0);
        yield partition;
      }
    });
    await run();
    expect((await rowsOf(destination, "d", "rows")).map(({ of }) => of)).toEqual(["a", "b", "c"]);
    const stored = await rowsOf(destination, "d", "_typeload_partitions");
    expect(stored.map((row) => row["partition_id"])).toEqual(["a", "b", "c"]);
    expect(JSON.stringify(stored, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value))).toMatch(
      /97.*98.*99/,
    );
  });

  it("gives what JSON keeps: members that are undefined are left out", async () => {
    const seen: unknown[] = [];
    const { run } = setUp(() => [{ id: "a", kind: "x", data: { a: undefined, b: [null, "t", 1.5, true] } }], seen);
    await run();
    expect(seen).toEqual([{ b: [null, "t", 1.5, true] }]);
  });

  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  it.each([
    [{ n: 1n }, "holds a bigint at n"],
    [{ list: [{ at: new Date(0) }] }, "holds an object of class Date at list[0].at"],
    [{ list: [1, undefined] }, "holds undefined at list[1]"],
    [Number.NaN, "holds NaN, which"],
    [{ f: () => 1 }, "holds a function at f"],
    [{ m: new Map() }, "holds an object of class Map at m"],
    [cycle, "holds more than 100 levels"],
  ])("whose data JSON does not keep is refused, with the place: %#", async (data, problem) => {
    const error = await rejectionOf(setUp(() => [{ id: "a", kind: "x", data }]).run());
    expect(error.code).toBe("yielded_value");
    expect(error.message).toContain('resource "rows": planning what to read failed: the data of partition "a"');
    expect(error.message).toContain(problem);
  });

  it.each([
    [{ id: "a", kind: "x", fingerprint: 5 }, /fingerprint of partition "a" is a number/],
    [{ id: 1n, kind: "x" }, /needs an id/],
    [1n, /it planned 1: a partition needs an id|it planned \[object BigInt\]/],
  ])("whose partition is none is refused: %#", async (partition, message) => {
    const error = await rejectionOf(setUp(() => [partition]).run());
    expect(error.code).toBe("yielded_value");
    expect(error.message).toMatch(message);
  });
});
