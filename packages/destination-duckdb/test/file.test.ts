import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it, onTestFinished } from "vitest";
import { contact, contactTables, load, open, rowsOf, signal, temporaryFile, temporaryFolder } from "./trial.ts";

/** Another process with the file open, until it is told to let go. */
async function otherProcess(path: string): Promise<{ readonly process: ChildProcess; letGo(): Promise<void> }> {
  const holder = spawn(process.execPath, [fileURLToPath(new URL("./hold-file.mjs", import.meta.url)), path], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void holder.kill());
  await once(holder.stdout, "data");
  return {
    process: holder,
    letGo: async () => {
      holder.stdin.end();
      await once(holder, "exit");
    },
  };
}

const people = (loadId: string) => contactTables([contact(loadId, 1, "a", ["x"])]);

describe("a file that another process has open", () => {
  it("is refused after a bounded wait, naming path and process", async () => {
    const path = temporaryFile();
    const { process: holder } = await otherProcess(path);
    const begun = performance.now();
    const refused = await open(duckdb({ path, lockWaitSeconds: 0.3 })).catch((error: unknown) => error);
    expect(performance.now() - begun).toBeGreaterThan(290);
    expect(refused).toMatchObject({ code: "file_locked", retryable: true });
    expect(String(refused)).toContain(path);
    expect(String(refused)).toContain(`process ${holder.pid}`);
    await expect(open(duckdb({ path, lockWaitSeconds: 0 }), "read")).rejects.toMatchObject({ code: "file_locked" });
  });

  it("is opened once that process lets go", async () => {
    const path = temporaryFile();
    const { letGo } = await otherProcess(path);
    const opening = open(duckdb({ path, lockWaitSeconds: 20 }));
    await letGo();
    await using session = await opening;
    await load(session, { loadId: "1.1", staged: people("1.1") });
  });

  it("is not waited for after an abort", async () => {
    const path = temporaryFile();
    await otherProcess(path);
    const stop = new AbortController();
    const opening = duckdb({ path }).open({ dataset: "ds", purpose: "load", signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 60);
    await expect(opening).rejects.toThrow("enough");
  });

  it("is free for other processes as soon as a session is disposed", async () => {
    const path = temporaryFile();
    for (const purpose of ["load", "read"] as const) {
      const session = await open(duckdb({ path }), purpose);
      if (purpose === "load") await load(session, { loadId: "1.1", staged: people("1.1") });
      await session.query("SELECT 1");
      await session[Symbol.asyncDispose]();
      await (await otherProcess(path)).letGo();
    }
  });
});

describe("two sessions of one process on one file", () => {
  it("come one after another, by whatever name the file is given, and lose nothing", async () => {
    const path = temporaryFile();
    const link = join(temporaryFolder(), "link.duckdb");
    symlinkSync(path, link);
    const loads = ["1.1", "1.2", "1.3", "1.4"].map(async (loadId, index) => {
      await using session = await open(duckdb({ path: index % 2 === 0 ? path : link }));
      await load(session, { loadId, staged: people(loadId) });
    });
    await Promise.all(loads);
    await using session = await open(duckdb({ path }));
    expect((await rowsOf(session, "contacts", "_dlt_load_id")).map((row) => row["_dlt_load_id"])).toEqual([
      "1.1",
      "1.2",
      "1.3",
      "1.4",
    ]);
  });

  it("wait a bounded time", async () => {
    const path = temporaryFile();
    const first = await open(duckdb({ path }));
    const destination = duckdb({ path, lockWaitSeconds: 0.05 });
    await expect(open(destination)).rejects.toMatchObject({ code: "file_in_use", retryable: true });
    // Who gave up does not make the file look free.
    await expect(open(destination)).rejects.toMatchObject({ code: "file_in_use" });
    const stop = new AbortController();
    const waiting = duckdb({ path }).open({ dataset: "ds", purpose: "load", signal: stop.signal });
    stop.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
    await first[Symbol.asyncDispose]();
    await first[Symbol.asyncDispose]();
    await (await open(destination))[Symbol.asyncDispose]();
  });
});

describe("a file that cannot be opened says why", () => {
  it.each<[string, (folder: string) => string, string]>([
    ["its folder is missing", (folder) => join(folder, "nowhere", "x.duckdb"), "folder_missing"],
    ["it is a folder", (folder) => folder, "not_a_database"],
    [
      "it is a file of another kind",
      (folder) => {
        writeFileSync(join(folder, "x.csv"), "a,b\n".repeat(5_000));
        return join(folder, "x.csv");
      },
      "not_a_database",
    ],
    ["the disk is full", () => "/dev/full", "disk_full"],
    [
      "it was made by DuckDB 2",
      (folder) => {
        const fixture = readFileSync(new URL("./fixtures/made-by-duckdb-2.duckdb.gz", import.meta.url));
        writeFileSync(join(folder, "new.duckdb"), gunzipSync(fixture));
        return join(folder, "new.duckdb");
      },
      "newer_file",
    ],
  ])("%s", async (_title, pathIn, code) => {
    const path = pathIn(temporaryFolder());
    const refused = await open(duckdb({ path, lockWaitSeconds: 0 })).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code, retryable: false });
    expect(String(refused)).toContain(path);
    // Whoever failed does not keep the file.
    await expect(open(duckdb({ path, lockWaitSeconds: 0 }))).rejects.toMatchObject({ code });
  });

  // Root may write everywhere.
  it.skipIf(process.getuid?.() === 0)("its folder may not be written", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    await expect(open(duckdb({ path: join(folder, "x.duckdb") }))).rejects.toMatchObject({ code: "not_writable" });
  });

  it.each<[object, RegExp]>([
    [{ path: "" }, /give the path/],
    [{ path: "md:my_db?motherduck_token=secret" }, /^(?!.*secret).*only local files/],
    [{ path: "x", memoryLimit: "lots" }, /memoryLimit.*"lots"/],
    [{ path: "x", threads: 0 }, /threads/],
    [{ path: "x", lockWaitSeconds: 9_999 }, /lockWaitSeconds/],
  ])("options %j are refused", (options, message) => {
    // Wrong on purpose.
    expect(() => duckdb(options as { path: string })).toThrow(message);
  });
});

describe("a session to read", () => {
  it("makes no file", async () => {
    const path = temporaryFile();
    await using session = await open(duckdb({ path }), "read");
    const stored = await session.read(
      { pipeline: "pipe", schemaName: "shop", loadIds: ["1.1"], resources: ["contacts"] },
      signal,
    );
    expect(stored.exists).toBe(false);
    expect(existsSync(path)).toBe(false);
  });

  it("writes nothing, and refuses to", async () => {
    const path = temporaryFile();
    {
      await using session = await open(duckdb({ path }));
      await load(session, { loadId: "1.1", staged: people("1.1") });
    }
    const before = readFileSync(path);
    {
      await using session = await open(duckdb({ path }), "read");
      expect(await rowsOf(session, "contacts")).toHaveLength(1);
      await expect(session.drop(signal)).rejects.toMatchObject({ code: "read_only_session" });
      await expect(session.query("DELETE FROM ds.contacts")).rejects.toMatchObject({ code: "statement_failed" });
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });
});

describe("a dataset called like its file", () => {
  it.each(["ds.duckdb", "DS.v2.db", "ds"])("is not made in %s, nor the file", async (name) => {
    const path = temporaryFile(name);
    const refused = await open(duckdb({ path })).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: "ConfigurationError", code: "dataset_named_like_file" });
    expect(String(refused)).toMatch(/ds\.some_table is ambiguous.* dataset: "ds_data"/);
    expect(existsSync(path)).toBe(false);
  });

  it("is not made in a file with other datasets, and what is there stays usable", async () => {
    const path = temporaryFile("other.duckdb");
    await using session = await open(duckdb({ path }));
    await load(session, { loadId: "1.1", staged: people("1.1") });
    await session[Symbol.asyncDispose]();
    const renamed = join(dirname(path), "ds.duckdb");
    renameSync(path, renamed);
    {
      await using again = await open(duckdb({ path: renamed }));
      await load(again, { loadId: "1.2", staged: people("1.2") });
      expect(await rowsOf(again, "contacts")).toHaveLength(2);
    }
    const third = join(dirname(path), "third.duckdb");
    renameSync(renamed, third);
    await expect(duckdb({ path: third }).open({ dataset: "third", purpose: "load", signal })).rejects.toMatchObject({
      code: "dataset_named_like_file",
    });
  });
});

describe("closing", () => {
  it("leaves one file, without a log or spilled data beside it", async () => {
    const path = temporaryFile();
    {
      await using session = await open(duckdb({ path, memoryLimit: "64MB" }));
      await load(session, { loadId: "1.1", staged: people("1.1") });
    }
    expect(readdirSync(dirname(path))).toEqual(["test.duckdb"]);
    expect(statSync(path).size).toBeGreaterThan(0);
  });

  it("drop removes the dataset and leaves others", async () => {
    const path = temporaryFile();
    await using session = await open(duckdb({ path }));
    await load(session, { loadId: "1.1", staged: people("1.1") });
    await session.query("CREATE SCHEMA other");
    await session.drop(signal);
    await session.drop(signal);
    expect(
      await session.query("SELECT schema_name FROM information_schema.schemata WHERE schema_name IN ('ds', 'other')"),
    ).toEqual([{ schema_name: "other" }]);
  });
});

describe(":memory:", () => {
  it("lives as long as the destination object", async () => {
    const destination = duckdb({ path: ":memory:" });
    {
      await using session = await open(destination);
      await load(session, { loadId: "1.1", staged: people("1.1") });
    }
    await using session = await open(destination, "read");
    expect(await rowsOf(session, "contacts")).toHaveLength(1);
    await using other = await open(duckdb({ path: ":memory:" }));
    await expect(rowsOf(other, "contacts")).rejects.toMatchObject({ code: "statement_failed" });
  });
});

describe("after a crash", () => {
  it("a killed process leaves what it committed, and a session to read sees it", async () => {
    const path = temporaryFile();
    {
      await using session = await open(duckdb({ path }));
      await load(session, { loadId: "1.1", staged: people("1.1") });
    }
    const { process: holder } = await otherProcess(path);
    holder.kill("SIGKILL");
    await once(holder, "exit");
    expect(existsSync(`${path}.wal`)).toBe(true);
    for (const purpose of ["read", "load"] as const) {
      await using session = await open(duckdb({ path }), purpose);
      expect(await rowsOf(session, "contacts")).toHaveLength(1);
      expect(await session.query("SELECT count(*) AS n FROM main.held")).toEqual([{ n: 0 }]);
    }
  });
});

describe("memory", () => {
  it("beyond the limit spills beside the file and is cleaned up", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "spill.duckdb");
    mkdirSync(join(folder, "other"));
    {
      await using session = await open(duckdb({ path, memoryLimit: "100MB", threads: 1 }));
      await session.query(
        "CREATE TEMP TABLE big AS SELECT i, repeat(md5(i::VARCHAR), 10) AS t FROM range(600000) r(i)",
      );
      expect(existsSync(`${path}.tmp`)).toBe(true);
    }
    expect(readdirSync(folder).sort()).toEqual(["other", "spill.duckdb"]);
  });
});
