import { describe, expect, it } from "vitest";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { pipelineOn } from "./slices-source.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();

/** A shop of one order, that belongs to somebody. */
function shopOf(owner: string | undefined, options: { readonly asked?: () => void } = {}) {
  const orders = defineResource({
    name: "orders",
    primaryKey: "id",
    writeDisposition: "merge",
    read: () => [{ id: `order of ${owner}` }],
  });
  const identity = async (): Promise<string | undefined> => {
    options.asked?.();
    return owner;
  };
  return defineSource({ name: "shop", resources: [orders], identity });
}

describe("whose data it is", () => {
  it("is asked once a run, kept in the state, and another owner is refused before anything is read", async () => {
    const [destination, folder] = [memoryDestination(), newFolder()];
    let asked = 0;
    const ana = shopOf("Ana", { asked: () => (asked += 1) });
    await pipelineOn(destination, folder).run(ana);
    await pipelineOn(destination, newFolder()).run(ana);
    expect(asked).toBe(2);
    const error = await rejectionOf(pipelineOn(destination, folder).run(shopOf("Bob")));
    expect(error).toMatchObject({ code: "other_identity", retryable: false });
    expect(error.message).toMatch(/dataset "d" holds .*shop Ana, and this is Bob.*pipeline\.drop\(\)/);
    expect((await rowsOf(destination, "d", "orders")).map(({ id }) => id)).toEqual(["order of Ana"]);
    await pipelineOn(destination, folder).run(ana);
  });

  it("is known of what waits on disk, when nothing was stored yet", async () => {
    const [destination, folder] = [memoryDestination(), newFolder()];
    const failing = watchedDestination(destination, {
      before(method) {
        if (method === "stage") throw new Error("down");
      },
    });
    await rejectionOf(pipelineOn(failing, folder).run(shopOf("Ana")));
    expect((await rejectionOf(pipelineOn(destination, folder).run(shopOf("Bob")))).code).toBe("other_identity");
    await pipelineOn(destination, folder).run(shopOf("Ana"));
    expect(await rowsOf(destination, "d", "orders")).toHaveLength(1);
  });

  it("may be another one after a drop, and is not held against a source that does not say", async () => {
    const [destination, folder] = [memoryDestination(), newFolder()];
    const pipeline = pipelineOn(destination, folder);
    await pipeline.run(shopOf("Ana"));
    await pipeline.run(shopOf(undefined));
    await pipeline.drop();
    await pipeline.run(shopOf("Bob"));
    expect((await rowsOf(destination, "d", "orders")).map(({ id }) => id)).toEqual(["order of Bob"]);
    expect((await rejectionOf(pipeline.run(shopOf("Ana")))).code).toBe("other_identity");
  });
});
