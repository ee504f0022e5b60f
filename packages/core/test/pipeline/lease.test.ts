import { readdir, readFile, writeFile } from "node:fs/promises";
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { LeaseHeldError } from "../../src/destination/destination-error.ts";
import { lockWorkingDirectory } from "../../src/pipeline/lock-working-directory.ts";
import { ownProcess } from "../../src/pipeline/process-identity.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { ids, pipelineOn, slices } from "./slices-source.ts";
import { temporaryFolders } from "./temporary-folder.ts";
import { watchedDestination } from "./watched.ts";

const newFolder = temporaryFolders();

/** A destination on which a run begins another one, from elsewhere, while it holds the lease. */
async function whileRunning(
  other: (destination: ReturnType<typeof memoryDestination>, folder: string) => Promise<unknown>,
) {
  const destination = memoryDestination();
  const folder = newFolder();
  let asked: Promise<unknown> | undefined;
  const watched = watchedDestination(destination, {
    async before(method) {
      if (method === "stage") await (asked ??= other(destination, folder));
    },
  });
  const report = await pipelineOn(watched, folder).run(slices());
  expect(report.resources.rows.outcome).toBe("committed");
  return destination;
}

describe("two runs at once", () => {
  it("from two working directories: the later one is refused and told who holds the lease", async () => {
    const destination = await whileRunning(async (shared) => {
      const error = await rejectionOf(pipelineOn(shared, newFolder()).run(slices()));
      expect(error).toMatchObject({ code: "lease_held", retryable: true });
      expect(error.cause).toBeInstanceOf(LeaseHeldError);
      expect(error.message).toContain(`${hostname()}:${process.pid}:2026-11-22T00:00:0`);
    });
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
    expect(await rowsOf(destination, "d", "_typeload_lease")).toEqual([]);
  });

  it("in one working directory: the later one is refused before it asks the destination", async () => {
    await whileRunning(async (shared, folder) => {
      const other = pipelineOn(watchedDestination(shared, { before: (method) => expect.unreachable(method) }), folder);
      await expect(other.run(slices())).rejects.toMatchObject({ name: "WorkingDirectoryBusyError" });
      await expect(other.run(slices())).rejects.toThrow(
        `${folder} is in use by process ${process.pid} on ${hostname()} since 2026-11-22T00:00:0`,
      );
      expect(await other.status()).toEqual({ running: true, pending: [] });
    });
  });

  it("on one pipeline object: the later one is refused", async () => {
    const pipeline = pipelineOn(memoryDestination(), newFolder());
    const first = pipeline.run(slices());
    await expect(pipeline.run(slices())).rejects.toMatchObject({ code: "pipeline_busy" });
    await first;
    expect((await pipeline.run(slices())).resources.rows.partitions.skipped).toBe(3);
  });
});

describe("a lease that a dead run left", () => {
  /** A run that dies before it gives the lease back. */
  async function died(folder: string) {
    const destination = memoryDestination();
    let dead = false;
    const dying = watchedDestination(destination, {
      before(method) {
        dead ||= method === "stage";
        if (dead) throw new Error("killed");
      },
    });
    await rejectionOf(pipelineOn(dying, folder).run(slices()));
    expect(await rowsOf(destination, "d", "_typeload_lease")).toHaveLength(1);
    return destination;
  }

  it("is taken over by the next run of the same working directory", async () => {
    const folder = newFolder();
    const destination = await died(folder);
    await pipelineOn(destination, folder).run(slices());
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });

  it("is respected from elsewhere, unless one takes it over", async () => {
    const destination = await died(newFolder());
    const elsewhere = pipelineOn(destination, newFolder());
    expect((await rejectionOf(elsewhere.run(slices()))).code).toBe("lease_held");
    await elsewhere.run(slices(), { takeOver: true });
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
  });
});

describe("the lock of a working directory", () => {
  const since = new Date("2026-11-22T00:00:00Z");
  const deadPid = spawnSync(process.execPath, ["--version"]).pid;
  const leave = (folder: string, lock: object) =>
    writeFile(join(folder, "lock"), JSON.stringify({ ...ownProcess(), since: "then", token: "old", ...lock }));

  it.each([
    ["a process that ended", () => ({ pid: deadPid, started: undefined })],
    ["an earlier process with our number, as containers have it", () => ({ started: "another boot 1" })],
    ["an earlier process with the number of one that runs", () => ({ pid: process.ppid, started: "another boot 1" })],
  ])("of %s is taken over", async (_what, lock) => {
    const folder = newFolder();
    await leave(folder, lock());
    await using _own = await lockWorkingDirectory(folder, since);
    expect(JSON.parse(await readFile(join(folder, "lock"), "utf8"))).toMatchObject({
      pid: process.pid,
      since: since.toISOString(),
    });
  });

  it.each([
    ["a process that runs", { pid: process.ppid, started: undefined }],
    ["another machine", { host: "elsewhere", pid: 1 }],
  ])("of %s is respected", async (_what, lock) => {
    const folder = newFolder();
    await leave(folder, lock);
    await expect(lockWorkingDirectory(folder, since)).rejects.toMatchObject({ code: "working_directory_busy" });
    expect(JSON.parse(await readFile(join(folder, "lock"), "utf8"))).toMatchObject({ token: "old", pid: lock.pid });
  });

  it.runIf(process.platform === "linux")(
    "of this process is respected by another copy of this package, as a worker thread has it",
    async () => {
      const folder = newFolder();
      await using _own = await lockWorkingDirectory(folder, since);
      vi.resetModules();
      const copy = await import("../../src/pipeline/lock-working-directory.ts");
      expect(copy.lockWorkingDirectory).not.toBe(lockWorkingDirectory);
      await expect(copy.lockWorkingDirectory(folder, since)).rejects.toMatchObject({ code: "working_directory_busy" });
    },
  );

  it("of another container is taken over by a run that is told to, and the refusal says so", async () => {
    const destination = memoryDestination();
    const folder = newFolder();
    await leave(folder, { host: "earlier-container", pid: 7, started: "x 1" });
    await expect(pipelineOn(destination, folder).run(slices())).rejects.toThrow(
      /in use by process 7 on earlier-container since then: .* run once with takeOver: true/,
    );
    await pipelineOn(destination, folder).run(slices(), { takeOver: true });
    expect(await ids(destination)).toEqual(["a", "b", "c"]);
    await leave(folder, { pid: process.ppid, started: undefined });
    await expect(pipelineOn(destination, folder).run(slices(), { takeOver: true })).rejects.toThrow(
      /If no such process runs any more, delete/,
    );
  });

  it.each([
    ["half written", '{"host":'],
    ["as nothing but null", "null"],
    ["as an empty object", "{}"],
    ["as a number", "5"],
  ])("that a power cut left %s is taken over", async (_what, text) => {
    const folder = newFolder();
    await writeFile(join(folder, "lock"), text);
    await using _own = await lockWorkingDirectory(folder, since);
    expect(JSON.parse(await readFile(join(folder, "lock"), "utf8"))).toMatchObject({ pid: process.pid });
  });

  it("is taken over from one that died while taking it over", async () => {
    const folder = newFolder();
    const dead = { pid: deadPid, started: undefined };
    await leave(folder, dead);
    await writeFile(
      join(folder, "lock.old"),
      JSON.stringify({ ...ownProcess(), ...dead, token: "newer", since: "then" }),
    );
    {
      await using _own = await lockWorkingDirectory(folder, since);
      expect(await readdir(folder)).toEqual(["lock"]);
    }
    expect(await readdir(folder)).toEqual([]);
  });

  it("goes to one of many who want it at once", async () => {
    for (let round = 0; round < 20; round++) {
      const folder = newFolder();
      await leave(folder, { pid: deadPid, started: undefined });
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => lockWorkingDirectory(folder, since)));
      const won = tries.flatMap((attempt) => (attempt.status === "fulfilled" ? [attempt.value] : []));
      expect(won).toHaveLength(1);
      await won[0]?.[Symbol.asyncDispose]();
      await using _next = await lockWorkingDirectory(folder, since);
    }
  });
});
