import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CommitUnknownError, DestinationError, LeaseLostError } from "../../src/destination/destination-error.ts";
import type { Destination } from "../../src/destination/destination.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { pageBytes } from "../../src/source/page-bytes.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
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

describe("a source that throws", () => {
  it("is named with resource and partition; what was whole before it is committed, and the next run goes on", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    const broken = slices((id) => {
      if (id === "b") throw new Error("the API answers 500");
      return [{ id }];
    });
    const error = await rejectionOf(pipelineOn(destination, folder).run(broken));
    expect(error.message).toContain(
      'pipeline "p": resource "rows": reading partition "b" failed: the API answers 500. Nothing of it is kept: the next run reads it again (0 of 1',
    );
    expect(error).toMatchObject({ name: "PipelineRunError", code: "resource_read" });
    expect(error.cause).toMatchObject({ name: "ResourceReadError", resource: "rows", partition: "b" });
    expect(error.report.resources["rows"]).toMatchObject({
      outcome: "partial",
      partitions: { read: 1 },
      rows: { inserted: 1 },
      completeness: { rows: "unproved", note: "the reading did not come to its end" },
    });
    expect(await ids(destination)).toEqual(["a"]);

    const report = await pipelineOn(destination, folder).run(slices());
    expect(report.resources.rows).toMatchObject({
      partitions: { read: 2, skipped: 1 },
      completeness: { rows: "proved", read: 3 },
    });
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });

  it.each([
    [
      "a plan",
      {
        *partitions() {
          yield* [];
          throw new Error("no dates");
        },
        read: () => [],
      },
      /planning what to read failed: no dates/,
    ],
    [
      "a partition without id",
      {
        *partitions() {
          yield { id: "", kind: "x" };
        },
        read: () => [],
      },
      /a partition needs an id/,
    ],
    [
      "a number for a record",
      { read: () => [1] },
      /reading partition "whole" failed: it yielded a number: yield records/,
    ],
    ["a list in a list", { read: () => [[[{}]]] }, /a list in a list/],
    ["no iterable", { read: () => undefined as never }, /it gave undefined: give an \(async\) iterable/],
    [
      "an unknown verdict",
      {
        *read() {
          yield {};
          return { rows: "sure" } as never;
        },
      },
      /returned no verdict/,
    ],
    ["a function in a record", { read: () => [{ a: () => 1 }] }, /holds a function/],
    [
      "bytes that are no JSON",
      {
        *read() {
          yield pageBytes(new TextEncoder().encode("<html>secret"));
        },
      },
      /not valid JSON: .*byte 0/,
    ],
  ])("%s", async (_what, definition, message) => {
    const resource = defineResource({ name: "rows", ...definition });
    const source = defineSource({ name: "s", resources: [resource] });
    const destination = memoryDestination();
    const error = await rejectionOf(pipelineOn(destination, newFolder()).run(source));
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("secret");
    expect(await ids(destination)).toEqual([]);
    expect(await rowsOf(destination, "d", "_dlt_loads")).toEqual([]);
  });
});

describe("a destination in trouble", () => {
  it.each(["open", "discard", "prepare", "stage", "commit"])("is asked again when %s fails for now", async (method) => {
    const destination = memoryDestination();
    let opened = 0;
    const watch: Watch = {
      before(called) {
        // The first `open` is for the lease.
        if (called === method && (called !== "open" || ++opened === 2)) {
          if (called !== "open" && opened++ > 0) return;
          throw new DestinationError("no connection", { code: "connection", retryable: true });
        }
      },
    };
    const report = await pipelineOn(watchedDestination(destination, watch), newFolder()).run(slices());
    expect(report.packages).toMatchObject([{ outcome: "committed" }]);
    expect(report.resources["rows"]?.rows.inserted).toBe(3);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });

  it("is not asked for ever: the package stays, and the error says where", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    let stages = 0;
    const watch: Watch = {
      before(method) {
        if (method !== "stage") return;
        stages++;
        throw new DestinationError("the disk of the server is full", { code: "server_full", retryable: true });
      },
    };
    const error = await rejectionOf(pipelineOn(watchedDestination(destination, watch), folder).run(slices()));
    expect(stages).toBe(5);
    expect(error.code).toBe("server_full");
    expect(error.cause).toMatchObject({ name: "PackageLoadError", retryable: true });
    const [left] = await readdir(join(folder, "packages"));
    expect(error.message).toContain(join(folder, "packages", String(left)));
    expect(error.report.packages).toMatchObject([{ loadId: left, outcome: "failed" }]);
    expect(error.report.resources["rows"]?.outcome).toBe("not-committed");

    // The next run loads it first and reads nothing again.
    const reads: string[] = [];
    const report = await pipelineOn(destination, folder).run(slices((id) => [{ id: reads.push(id) }]));
    expect(reads).toEqual([]);
    expect(report.packages).toMatchObject([{ loadId: left, origin: "resumed", outcome: "committed", partitions: 3 }]);
    expect(report.resources.rows).toMatchObject({
      outcome: "committed",
      rows: { inserted: 3 },
      partitions: { read: 0, skipped: 3 },
    });
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });

  it("that took fewer rows than it was given is asked again", async () => {
    const destination = memoryDestination();
    let stages = 0;
    const forgetful: Destination = {
      ...destination,
      async open(context) {
        const session = await destination.open(context);
        const stage = session.stage.bind(session);
        session.stage = async (...given) => {
          const { rows } = await stage(...given);
          return { rows: stages++ === 0 ? rows - 1 : rows };
        };
        return session;
      },
    };
    await pipelineOn(forgetful, newFolder()).run(slices());
    expect(stages).toBe(2);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });

  it.each([
    ["happened", "after", "already-committed"],
    ["did not happen", "before", "committed"],
  ] as const)("that did not answer to a commit which %s", async (_what, when, outcome) => {
    const destination = memoryDestination();
    const watch = once("commit", when, (argument) => {
      throw new CommitUnknownError("connection lost", { loadId: (argument as { loadId: string }).loadId });
    });
    const report = await pipelineOn(watchedDestination(destination, watch), newFolder()).run(slices());
    expect(report.packages).toMatchObject([{ outcome }]);
    expect(report.resources["rows"]?.outcome).toBe("committed");
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
    expect(await rowsOf(destination, "d", "_dlt_loads")).toHaveLength(1);
    // Asked before anything was staged again.
    const after = watch.calls.slice(watch.calls.indexOf("commit") + 1);
    expect(after.slice(0, 2)).toEqual(["open", "read"]);
    expect(after.includes("stage")).toBe(when === "before");
  });

  it("that goes away after COMMIT was sent leaves the question to the next run", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    let gone = false;
    const watch: Watch = {
      before(method) {
        if (gone) throw new DestinationError(`no connection for ${method}`, { code: "connection", retryable: true });
      },
      after(method, argument) {
        if (method !== "commit") return;
        gone = true;
        throw new CommitUnknownError("connection lost", { loadId: (argument as { loadId: string }).loadId });
      },
    };
    const error = await rejectionOf(pipelineOn(watchedDestination(destination, watch), folder).run(slices()));
    expect(error.code).toBe("commit_unknown");
    const report = await pipelineOn(destination, folder).run(slices());
    expect(report.packages).toMatchObject([{ origin: "resumed", outcome: "already-committed" }]);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
    expect(await readdir(join(folder, "packages"))).toEqual([]);
  });

  it("where another run took over: this one commits nothing and does not try again", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    const thief = pipelineOn(destination, newFolder());
    let stolen: Promise<unknown> | undefined;
    const watch: Watch = {
      async before(method) {
        if (method === "commit" && stolen === undefined) {
          stolen = thief.run(slices(), { takeOver: true });
          await stolen;
        }
      },
    };
    const error = await rejectionOf(pipelineOn(watchedDestination(destination, watch), folder).run(slices()));
    expect(error.cause).toBeInstanceOf(LeaseLostError);
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
    expect(await rowsOf(destination, "d", "_dlt_loads")).toHaveLength(1);
  });
});
