import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/run-events.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rejectionOf } from "./rejection.ts";
import { ids, pipelineOn, slices } from "./slices-source.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();

function fail(): never {
  throw new Error("the listener failed");
}

describe("a listener", () => {
  it.each<[string, (event: RunEvent) => unknown]>([
    ["throws", ({ type }) => (type === "page-read" ? fail() : undefined)],
    ["rejects", async ({ type }) => (type === "page-read" ? fail() : undefined)],
    ["rejects later", async ({ type }) => (type === "package-committed" ? wait(50).then(fail) : undefined)],
    ["rejects at the very end", async ({ type }) => (type === "run-finished" ? wait(1).then(fail) : undefined)],
    ["throws at the very end", ({ type }) => (type === "run-finished" ? fail() : undefined)],
  ])("that %s breaks nothing, and the run rejects with it when it is over", async (_how, listener) => {
    const destination = memoryDestination();
    const error = await rejectionOf(pipelineOn(destination, newFolder()).run(slices(), { onEvent: listener }));
    expect(error.message).toContain("the listener failed");
    expect(error.report.resources["rows"]).toMatchObject({ outcome: "committed" });
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });

  it("that is async is waited for at the end, and not longer than an abort allows", async () => {
    const told: string[] = [];
    await pipelineOn(memoryDestination(), newFolder()).run(slices(), {
      onEvent: async ({ type }) => {
        await wait(5);
        told.push(type);
      },
    });
    expect(told).toContain("run-finished");

    const controller = new AbortController();
    const error = await rejectionOf(
      pipelineOn(memoryDestination(), newFolder()).run(slices(), {
        signal: controller.signal,
        onEvent: ({ type }) => {
          if (type === "package-committed") controller.abort();
          return new Promise(() => {});
        },
      }),
    );
    expect(error.code).toBe("aborted");
  });
});
