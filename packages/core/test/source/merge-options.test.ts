import { describe, expect, it } from "vitest";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import type { ResourceOptions } from "../../src/source/resource-options.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rejectionOf } from "../pipeline/rejection.ts";
import { temporaryFolders } from "../pipeline/temporary-folder.ts";

const newFolder = temporaryFolders();

interface Order {
  id: number;
  day: string;
  deleted: boolean;
}

function resource(options: Partial<ResourceOptions<"orders", Order>>) {
  return defineResource<"orders", Order>({ name: "orders", read: () => [], ...options });
}

const flag = { columns: { deleted: { hardDelete: true } } };
const sorted = { columns: { day: { dedupSort: "desc" } } } as const;

describe("options of a merge that contradict each other are refused", () => {
  it.each([
    [{ ...flag }, /hardDelete of "deleted" deletes rows in a merge by key, and the write disposition is append/],
    [{ ...flag, writeDisposition: { merge: "scd2" } }, /the write disposition is scd2/],
    [
      {
        writeDisposition: "merge",
        primaryKey: "id",
        columns: { deleted: { hardDelete: true }, day: { hardDelete: true } },
      },
      /hardDelete stands at "deleted", "day"/,
    ],
    [
      { ...sorted, primaryKey: "id", writeDisposition: "replace" },
      /dedupSort of "day" .* the write disposition is replace/,
    ],
    [{ ...sorted, mergeKey: "day", writeDisposition: "merge" }, /the resource has no primaryKey/],
    [
      {
        writeDisposition: "merge",
        primaryKey: "id",
        columns: { deleted: { dedupSort: "asc" }, day: { dedupSort: "desc" } },
      },
      /dedupSort stands at "deleted", "day"/,
    ],
    [{ writeDisposition: { merge: "insert-only" }, primaryKey: "id", mergeKey: "day" }, /insert-only deletes nothing/],
    [
      { writeDisposition: { merge: "scd2", validFrom: "at", validTo: "at" } },
      /columns of their own, they are "at", "at"/,
    ],
    [
      { writeDisposition: { merge: "scd2", activeRecordTimestamp: "never" } },
      /activeRecordTimestamp must be a time .* it is "never"/,
    ],
    [{ writeDisposition: { merge: "scd2", boundaryTimestamp: "soon" } }, /boundaryTimestamp must be a time/],
  ] satisfies [Partial<ResourceOptions<"orders", Order>>, RegExp][])("%j", (options, message) => {
    expect(() => resource(options)).toThrow(message);
  });

  it("false and nothing are no hints", () => {
    expect(resource({ columns: { deleted: { hardDelete: false }, day: { dedupSort: undefined } } }).name).toBe(
      "orders",
    );
  });
});

describe("a destination that does not heed a hint", () => {
  const cannot = [
    ["merge-key", { writeDisposition: "merge", mergeKey: "day" }],
    ["dedup-sort", { ...sorted, writeDisposition: "merge", primaryKey: "id" }],
    ["hard-delete", { ...flag, writeDisposition: "merge", primaryKey: "id" }],
  ] as const;

  it.each(cannot)("refuses a %s before anything is read", async (hint, options) => {
    let reads = 0;
    const orders = resource({
      ...options,
      read: () => {
        reads++;
        return [];
      },
    });
    const destination = memoryDestination({ capabilities: { mergeHints: [] } });
    const pipeline = createPipeline({ name: "p", destination, dataset: "d", workingDirectory: newFolder() });
    const error = await rejectionOf(pipeline.run(defineSource({ name: "s", resources: [orders] })));
    expect([error.code, reads]).toEqual(["unsupported", 0]);
    expect(error.message).toContain(`destination "memory" does not heed a ${hint}`);
  });
});
