import { existsSync, linkSync, openSync, closeSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it, onTestFinished } from "vitest";
import { contact, contactTables, load, open, rowsOf, temporaryFile, temporaryFolder } from "./trial.ts";

const people = (loadId: string, id: number) => contactTables([contact(loadId, id, "a", ["x"])]);

async function loadInto(path: string, loadId: string, id: number, lockWaitSeconds = 0): Promise<void> {
  await using session = await open(duckdb({ path, lockWaitSeconds }));
  await load(session, { loadId, staged: people(loadId, id) });
}

/** A database of the program's own, as a notebook or a server has it open. */
async function ownInstance(path: string, options: Record<string, string> = {}) {
  const instance = await DuckDBInstance.create(path, options);
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  onTestFinished(close);
  return { connection, close };
}

// Where there is no /proc nothing can be seen: the README says so.
describe.skipIf(!existsSync("/proc/self/fd"))("a file that this process has open itself", () => {
  it("is refused, to write and to read, and nothing of it is lost", async () => {
    const path = temporaryFile();
    await loadInto(path, "1.1", 1);
    const { connection, close } = await ownInstance(path);
    await connection.run("CREATE TABLE main.mine AS SELECT 1 AS a");
    for (const purpose of ["load", "read"] as const) {
      const refused = await open(duckdb({ path, lockWaitSeconds: 0 }), purpose).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: "file_in_use", retryable: true });
      expect(String(refused)).toContain(path);
      expect(String(refused)).toContain("DuckDB instance of its own");
    }
    await connection.run("INSERT INTO main.mine VALUES (2)");
    close();

    await loadInto(path, "1.2", 2);
    await using session = await open(duckdb({ path }), "read");
    expect((await rowsOf(session, "contacts")).map((row) => row["id"])).toEqual([1, 2]);
    expect(await session.query("SELECT a FROM main.mine ORDER BY a")).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it("is refused under another name too", async () => {
    const path = temporaryFile();
    await loadInto(path, "1.1", 1);
    const other = join(temporaryFolder(), "other.duckdb");
    linkSync(path, other);
    await ownInstance(path);
    await expect(loadInto(other, "1.2", 2)).rejects.toMatchObject({ code: "file_in_use" });
  });

  it("is refused while only its log is open", async () => {
    const path = temporaryFile();
    await loadInto(path, "1.1", 1);
    const log = openSync(`${path}.wal`, "a");
    await expect(loadInto(path, "1.2", 2)).rejects.toMatchObject({ code: "file_in_use" });
    closeSync(log);
    await loadInto(path, "1.2", 2);
  });

  it("is waited for as long as for another process", async () => {
    const path = temporaryFile();
    await loadInto(path, "1.1", 1);
    const { close } = await ownInstance(path);
    const loading = loadInto(path, "1.2", 2, 20);
    setTimeout(close, 100);
    await loading;
  });

  it("is loaded beside an instance that only reads", async () => {
    const path = temporaryFile();
    await loadInto(path, "1.1", 1);
    const { connection } = await ownInstance(path, { access_mode: "READ_ONLY" });
    expect((await connection.runAndReadAll("SELECT id FROM ds.contacts")).getRows()).toEqual([[1n]]);
    await loadInto(path, "1.2", 2);
    await using session = await open(duckdb({ path }), "read");
    expect(await rowsOf(session, "contacts")).toHaveLength(2);
  });
});
