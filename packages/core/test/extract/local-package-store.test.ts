import { mkdir, mkdtemp, readFile, readdir, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LoggedPage, PackageHead, PackageWriter } from "../../src/extract/load-package.ts";
import { localPackageStore } from "../../src/extract/local-package-store.ts";
import { createLogFile } from "../../src/extract/log-file.ts";

const head: PackageHead = {
  runId: "run",
  pipeline: "shop",
  source: "shop",
  destination: "memory",
  dataset: "shop_data",
};
const never = new AbortController().signal;
const loadId = "1795348577.318558";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-store-"));
});
afterEach(() => rm(folder, { recursive: true }));

function page(partition: string, text: string): Omit<LoggedPage, "sequence"> {
  return {
    resource: "orders",
    partition,
    encoding: "json",
    at: ["results"],
    fields: { account: 7 },
    request: `GET /orders?part=${partition}`,
    bytes: new TextEncoder().encode(text),
  };
}

async function writePartition(writer: PackageWriter, id: string, pages: readonly string[]): Promise<void> {
  for (const text of pages) await writer.append(page(id, text));
  await writer.endPartition("orders", { id, kind: "window", data: { id } }, { rows: "proved", read: pages.length });
}

async function pagesOf(store: ReturnType<typeof localPackageStore>, id = loadId): Promise<[string, number, string][]> {
  const pages: [string, number, string][] = [];
  for await (const logged of store.read(id, never)) {
    pages.push([logged.partition, logged.sequence, new TextDecoder().decode(logged.bytes)]);
  }
  return pages;
}

describe("a sealed package", () => {
  it("gives back every page as it was logged, in order, with what was asked", async () => {
    const store = localPackageStore({ folder });
    await using writer = await store.create(loadId, head);
    await writePartition(writer, "a", ['{"results":[1]}', '{"results":[2]}']);
    await writePartition(writer, "empty", []);
    await writePartition(writer, "b", ['{"results":["ñ 😀"]}']);
    const manifest = await writer.seal([{ resource: "orders", rows: "proved", read: 3 }]);

    expect(manifest).toMatchObject({
      ...head,
      loadId,
      pages: 3,
      finishedResources: [{ resource: "orders", rows: "proved", read: 3 }],
      partitions: [
        { resource: "orders", partition: { id: "a" }, verdict: { rows: "proved", read: 2 }, pages: 2, bytes: 30 },
        { partition: { id: "empty" }, pages: 0, bytes: 0 },
        { partition: { id: "b" }, pages: 1 },
      ],
    });
    const pages: LoggedPage[] = [];
    for await (const logged of store.read(loadId, never)) pages.push(logged);
    expect(pages.map(({ bytes, ...rest }) => ({ ...rest, text: new TextDecoder().decode(bytes) }))).toEqual(
      [
        ["a", '{"results":[1]}'],
        ["a", '{"results":[2]}'],
        ["b", '{"results":["ñ 😀"]}'],
      ].map(([partition = "", text = ""], sequence) => {
        const { bytes: _bytes, ...rest } = page(partition, text);
        return { ...rest, sequence, text };
      }),
    );
    expect(await store.pending(never)).toEqual([manifest]);
  });

  it("keeps others out of its files", async () => {
    const store = localPackageStore({ folder: join(folder, "packages") });
    await using writer = await store.create(loadId, head);
    await writePartition(writer, "a", ["[]"]);
    await writer.seal([]);
    const own = join(folder, "packages", loadId);
    const modes = await Promise.all(
      [join(folder, "packages"), own, join(own, "pages.log"), join(own, "manifest.json")].map(
        async (path) => (await stat(path)).mode & 0o777,
      ),
    );
    expect(modes.map((mode) => mode.toString(8))).toEqual(["700", "700", "600", "600"]);
  });

  it("leaves out the pages of a partition that did not come to its end", async () => {
    const store = localPackageStore({ folder });
    await using writer = await store.create(loadId, head);
    await writePartition(writer, "a", ["[1]"]);
    await writer.append(page("b", "[2]"));
    const manifest = await writer.seal([]);
    expect(manifest).toMatchObject({ pages: 1, partitions: [{ partition: { id: "a" } }] });
    expect(await pagesOf(store)).toEqual([["a", 0, "[1]"]]);
    await expect(writer.append(page("c", "[3]"))).rejects.toMatchObject({ code: "package_closed" });
  });

  it("is told to be damaged when a byte of it changed, or its end is missing", async () => {
    const store = localPackageStore({ folder });
    await using writer = await store.create(loadId, head);
    await writePartition(writer, "a", ["[1]", "[2]", "[3]"]);
    await writer.seal([]);
    const log = join(folder, loadId, "pages.log");
    const whole = await readFile(log);
    for (let at = 0; at < whole.length; at += 7) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x40;
      await writeFile(log, changed);
      await expect(pagesOf(store)).rejects.toMatchObject({ code: "package_damaged", loadId });
    }
    await writeFile(log, whole);
    await truncate(log, whole.length - 1);
    await expect(pagesOf(store)).rejects.toThrow(
      /is damaged: pages\.log can be read up to byte \d+, it should hold \d+/,
    );
  });

  it("is told to be damaged when its log is whole, but another one", async () => {
    const store = localPackageStore({ folder });
    const logs: Buffer[] = [];
    for (const text of ["[1]", "[2]"]) {
      await rm(join(folder, loadId), { recursive: true, force: true });
      await using writer = await store.create(loadId, head);
      await writePartition(writer, "a", [text]);
      await writer.seal([]);
      logs.push(await readFile(join(folder, loadId, "pages.log")));
    }
    const [other = Buffer.alloc(0), own = Buffer.alloc(0)] = logs;
    expect(other).toHaveLength(own.length);
    await writeFile(join(folder, loadId, "pages.log"), other);
    await expect(pagesOf(store)).rejects.toMatchObject({
      code: "package_damaged",
      message: expect.stringContaining("pages.log is not the one that manifest.json was written for") as string,
    });
    await writeFile(join(folder, loadId, "pages.log"), own);
    expect(await pagesOf(store)).toEqual([["a", 0, "[2]"]]);
  });

  it("survives a power cut: all of its log is synced before there is a manifest", async () => {
    const calls: string[] = [];
    const store = localPackageStore({
      folder,
      async createFile(path) {
        const file = await createLogFile(path);
        return {
          ...file,
          append: (parts) => (calls.push("append"), file.append(parts)),
          truncate: (length) => (calls.push("truncate"), file.truncate(length)),
          async sync() {
            const names = await readdir(join(folder, loadId));
            calls.push(names.includes("manifest.json") ? "sync after the manifest" : "sync");
            await file.sync();
          },
        };
      },
    });
    await using writer = await store.create(loadId, head);
    await writePartition(writer, "a", ["[1]"]);
    await writer.seal([]);
    expect(calls.slice(calls.lastIndexOf("append") + 1)).toEqual(["truncate", "sync"]);
  });

  it("is gone after remove, or kept where one asks for it", async () => {
    const store = localPackageStore({ folder: join(folder, "packages"), keepIn: join(folder, "loaded") });
    await using writer = await store.create(loadId, head);
    await writePartition(writer, "a", ["[1]"]);
    await writer.seal([]);
    await store.remove(loadId);
    await store.remove(loadId);
    expect(await store.pending(never)).toEqual([]);
    expect(await pagesOf(localPackageStore({ folder: join(folder, "loaded") }))).toEqual([["a", 0, "[1]"]]);
  });
});

describe("a package that was never sealed", () => {
  /** A log of three partitions and the beginning of a fourth, as a killed process leaves it. */
  async function unsealed(): Promise<{ log: Buffer; ends: number[] }> {
    const store = localPackageStore({ folder });
    const ends: number[] = [];
    await using writer = await store.create(loadId, head);
    for (const [id, pages] of [
      ["a", ["[1]", "[2]"]],
      ["b", []],
      ["c", ["[3]"]],
    ] as const) {
      await writePartition(writer, id, pages);
      ends.push(writer.bytes);
    }
    await writer.append(page("d", "[4]"));
    return { log: await readFile(join(folder, loadId, "pages.log")), ends };
  }
  const all: [string, number, string][] = [
    ["a", 0, "[1]"],
    ["a", 1, "[2]"],
    ["c", 2, "[3]"],
  ];

  it("cut at any byte gives its whole partitions and nothing else", async () => {
    const { log, ends } = await unsealed();
    const store = localPackageStore({ folder });
    for (let length = log.length; length >= 0; length--) {
      await rm(join(folder, loadId), { recursive: true, force: true });
      await mkdir(join(folder, loadId));
      await writeFile(join(folder, loadId, "pages.log"), log.subarray(0, length));
      const ids = ["a", "b", "c"].slice(0, ends.filter((end) => end <= length).length);
      const pending = await store.pending(never);
      const left = ids.length > 0 ? [loadId] : [];
      expect(await readdir(folder)).toEqual(left);
      expect(pending).toMatchObject(left.map(() => ({ ...head, loadId, finishedResources: [] })));
      expect(pending.flatMap(({ partitions }) => partitions.map(({ partition }) => partition.id))).toEqual(ids);
      const pages = left.length > 0 ? await pagesOf(store) : [];
      expect(pages).toEqual(all.filter(([id]) => ids.includes(id)));
      // The second look finds it sealed.
      expect(await store.pending(never)).toEqual(pending);
    }
  });

  it("with garbage anywhere gives a prefix of its whole partitions", async () => {
    const { log } = await unsealed();
    const store = localPackageStore({ folder });
    await fc.assert(
      fc.asyncProperty(fc.nat(log.length - 1), fc.uint8Array({ minLength: 1, maxLength: 300 }), async (at, garbage) => {
        await rm(join(folder, loadId), { recursive: true, force: true });
        await mkdir(join(folder, loadId));
        const changed = Buffer.from(log);
        changed.set(garbage.subarray(0, log.length - at), at);
        await writeFile(join(folder, loadId, "pages.log"), changed);
        const [manifest] = await store.pending(never);
        if (manifest === undefined) return;
        const ids = manifest.partitions.map(({ partition }) => partition.id);
        expect(["a", "b", "c"].slice(0, ids.length)).toEqual(ids);
        expect(await pagesOf(store)).toEqual(all.filter(([id]) => ids.includes(id)));
      }),
      { numRuns: 200 },
    );
  });
});

describe("pending", () => {
  it("orders packages by the number of their load id, and leaves other folders alone", async () => {
    const store = localPackageStore({ folder });
    for (const id of ["1795348577.31856", "1795348577.3185587", "999999999.5"]) {
      await using writer = await store.create(id, head);
      await writePartition(writer, "a", ["[1]"]);
    }
    await writeFile(join(folder, "notes.txt"), "mine");
    const ids = (await store.pending(never)).map((manifest) => manifest.loadId);
    expect(ids).toEqual(["999999999.5", "1795348577.3185587", "1795348577.31856"]);
    expect(await readFile(join(folder, "notes.txt"), "utf8")).toBe("mine");
  });
});

describe("a disk that does not play along", () => {
  it("says where it is full and what to do, and keeps what was complete", async () => {
    let room = 600;
    const store = localPackageStore({
      folder,
      async createFile(path) {
        const file = await createLogFile(path);
        return {
          ...file,
          async append(parts) {
            const bytes = Buffer.concat(parts);
            await file.append([bytes.subarray(0, room)]);
            room -= bytes.length;
            if (room < 0) throw Object.assign(new Error("no space"), { code: "ENOSPC", syscall: "write" });
          },
        };
      },
    });
    await using writer = await store.create(loadId, head);
    await writePartition(writer, "a", ["[1]"]);
    const failure = writePartition(writer, "b", ["x".repeat(1000)]);
    await expect(failure).rejects.toMatchObject({ code: "disk_full", retryable: true });
    await expect(failure).rejects.toThrow(new RegExp(`${loadId}.*ENOSPC.*free some space, or set workingDirectory`));
    const manifest = await writer.seal([]);
    expect(manifest.partitions.map(({ partition }) => partition.id)).toEqual(["a"]);
    expect(await pagesOf(store)).toEqual([["a", 0, "[1]"]]);
  });

  it("says that a folder cannot be made", async () => {
    await writeFile(join(folder, "file"), "");
    const store = localPackageStore({ folder: join(folder, "file", "packages") });
    await expect(store.create(loadId, head)).rejects.toMatchObject({ code: "folder_not_writable" });
  });
});
