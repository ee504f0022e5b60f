import { describe, expect, it } from "vitest";
import { createPipeline, defineResource, defineSource, type PartitionVerdict } from "../../src/index.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rejectionOf } from "../pipeline/rejection.ts";
import { temporaryFolders } from "../pipeline/temporary-folder.ts";

const newFolder = temporaryFolders();

function run(verdict: unknown) {
  const rows = defineResource({
    name: "rows",
    *read() {
      yield { id: 1 };
      return verdict as PartitionVerdict; // what a source without types may do
    },
  });
  const pipeline = createPipeline({ name: "p", destination: memoryDestination(), workingDirectory: newFolder() });
  return pipeline.run(defineSource({ name: "s", resources: [rows] }));
}

describe("a verdict", () => {
  it.each([
    [{ rows: "likely", expected: 1.5 }, /"expected" of its verdict is 1\.5: it must be a number of rows/],
    [{ rows: "likely", expected: Number.NaN }, /"expected" of its verdict is NaN/],
    [{ rows: "likely", expected: "12" }, /"expected" of its verdict is of type string/],
    [{ rows: "likely", expected: 12n }, /"expected" of its verdict is of type bigint/],
    [{ rows: "likely", expected: -1 }, /"expected" of its verdict is -1/],
    [{ rows: "likely", read: 2 ** 60 }, /"read" of its verdict is 1152921504606847000/],
    [{ rows: "likely", read: null }, /"read" of its verdict is null/],
    [{ rows: "likely", note: { x: 1n } }, /note of its verdict is of type object/],
    [{ rows: "sure" }, /returned no verdict/],
    [null, /returned no verdict/],
  ])("that cannot be stored is refused when it is given: %o", async (verdict, message) => {
    const error = await rejectionOf(run(verdict));
    expect(error).toMatchObject({
      code: "yielded_value",
      report: { resources: { rows: { outcome: "not-committed" } } },
    });
    expect(error.message).toMatch(/resource "rows": reading partition "whole" failed: /);
    expect(error.message).toMatch(message);
  });

  it("keeps what it may say, and nothing else", async () => {
    const report = await run({ rows: "likely", expected: 3, read: 1, note: "moved", extra: 1n });
    expect(report.resources["rows"]?.completeness).toEqual({
      rows: "likely",
      expected: 3,
      read: 1,
      note: "moved",
      freshness: undefined,
    });
  });
});
