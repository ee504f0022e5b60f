import { LeaseHeldError, LeaseLostError, StagedCountError } from "@typeload/core";
import type { Lease, Table } from "@typeload/core";
import { duckdb } from "@typeload/destination-duckdb";
import { describe, expect, it } from "vitest";
import {
  batchOf,
  claim,
  commitOf,
  contact,
  contacts,
  contactTables,
  load,
  open,
  rowsOf,
  signal,
  stage,
  tags,
  temporaryFile,
} from "./trial.ts";

const two = contactTables([contact("1.1", 1, "a", ["x"]), contact("1.1", 2, "b")]);

describe("a part", () => {
  it("that is staged again replaces itself", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const lease = await claim(session);
    const commit = commitOf({ loadId: "1.1", staged: two }, lease);
    await session.prepare({ schema: commit.schema, tables: ["contacts", "contacts__tags"] }, signal);
    const [roots, children] = two;
    if (roots === undefined || children === undefined) throw new Error("two tables");
    expect(
      await stage(session, "1.1", { ...roots, rows: [...roots.rows, ...roots.rows], ordinals: [1, 2, 3, 4] }, 0),
    ).toEqual({ rows: 4 });
    expect(await stage(session, "1.1", roots, 0)).toEqual({ rows: 2 });
    await stage(session, "1.1", children, 0);
    await session.commit(commit, signal);
    expect((await rowsOf(session, "contacts")).map((row) => row["id"])).toEqual([1, 2]);
  });

  it("whose source fails leaves nothing, and the source's own error", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const failing = (async function* () {
      yield batchOf(contacts, [contact("1.1", 1, "a").root]);
      throw new RangeError("the page broke");
    })();
    const part = { loadId: "1.1", table: contacts, tableVersion: 1, part: 0 };
    await expect(session.stage(part, failing, signal)).rejects.toThrow(new RangeError("the page broke"));
    await expect(session.stage(part, [batchOf(contacts, [contact("1.1", 1, "a").root])], signal)).resolves.toEqual({
      rows: 1,
    });
  });

  it("gains columns on the way, and commits rows staged before them as null", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const wider: Table = { ...contacts, columns: [...contacts.columns, { name: "phone", dataType: "text" }] };
    const lease = await claim(session);
    const rows = [contact("1.1", 1, "a").root, { ...contact("1.1", 2, "b").root, phone: "+54" }] as const;
    const commit = commitOf({ loadId: "1.1", staged: [{ table: wider, rows }] }, lease);
    await session.prepare({ schema: commit.schema, tables: ["contacts"] }, signal);
    const batches = [batchOf(contacts, [rows[0]], [1]), batchOf(wider, [rows[1]], [2])];
    await session.stage({ loadId: "1.1", table: wider, tableVersion: 1, part: 0 }, batches, signal);
    await session.commit(commit, signal);
    expect((await rowsOf(session, "contacts")).map((row) => [row["id"], row["phone"]])).toEqual([
      [1, null],
      [2, "+54"],
    ]);
  });
});

describe("a commit", () => {
  it("under the same load id changes nothing the second time", async () => {
    const destination = duckdb({ path: temporaryFile() });
    {
      await using session = await open(destination);
      await load(session, { loadId: "1.1", staged: two });
    }
    await using session = await open(destination);
    const again = await load(session, { loadId: "1.1", staged: two });
    expect(again).toEqual({ alreadyCommitted: true, tables: {} });
    expect(await rowsOf(session, "contacts")).toHaveLength(2);
    expect(await session.query("SELECT load_id, status, schema_name FROM ds._dlt_loads")).toEqual([
      { load_id: "1.1", status: 0, schema_name: "shop" },
    ]);
  });

  it("whose staged rows are fewer or more than expected changes nothing", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await load(session, { loadId: "1.0", staged: two });
    const lease = await claim(session);
    const commit = commitOf({ loadId: "1.1", staged: two }, lease);
    await stage(session, "1.1", { table: contacts, rows: [contact("1.1", 7, "z").root] });
    await expect(session.commit(commit, signal)).rejects.toThrow(StagedCountError);
    // Nothing staged at all, and something that nobody counts on.
    await session.discard("1.1", signal);
    await expect(session.commit(commit, signal)).rejects.toThrow(/staged 0 rows of contacts .* 2 were handed over/);
    await stage(session, "1.2", { table: tags, rows: contact("1.1", 7, "z", ["x"]).tags });
    await expect(session.commit(commitOf({ loadId: "1.2", staged: [] }, lease), signal)).rejects.toThrow(
      StagedCountError,
    );
    expect(await rowsOf(session, "contacts")).toHaveLength(2);
    expect(await session.query("SELECT load_id FROM ds._dlt_loads")).toEqual([{ load_id: "1.0" }]);
  });

  it("without the lease changes nothing", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const lease = await claim(session, "first");
    await expect(claim(session, "second")).rejects.toThrow(LeaseHeldError);
    await expect(claim(session, "second")).rejects.toThrow(
      /"pipe" is being run by host\/first, whose lease lasts until 2\d{3}-/,
    );
    await claim(session, "second", true);
    await expect(load(session, { loadId: "1.1", staged: two, lease })).rejects.toThrow(LeaseLostError);
    expect(await rowsOf(session, "contacts")).toEqual([]);
    // The loser's release does not take the winner's lease.
    await session.release(lease, signal);
    await expect(claim(session, "third")).rejects.toThrow(LeaseHeldError);
  });

  it("is possible for the next run once the lease was given back, or ran out", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await session.release(await claim(session, "first"), signal);
    await claim(session, "second");
    await session.query("UPDATE ds._typeload_lease SET expires_at = now() - INTERVAL 1 SECOND");
    await claim(session, "third");
    expect(await session.query("SELECT pipeline_name, token FROM ds._typeload_lease")).toEqual([
      { pipeline_name: "pipe", token: "third" },
    ]);
    const lease: Lease = { pipeline: "pipe", token: "never", ttlSeconds: 1 };
    await expect(load(session, { loadId: "1.1", staged: two, lease })).rejects.toThrow(LeaseLostError);
  });

  it("that fails half-way leaves everything as it was", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const replace = { writeDisposition: { kind: "replace" } } as const;
    await load(session, { loadId: "1.0", staged: two, chain: replace });
    const broken = { ...contact("1.1", 5, "e").root, id: null };
    const failing = load(session, {
      loadId: "1.1",
      staged: [{ table: contacts, rows: [broken] }],
      others: [tags],
      chain: replace,
    });
    await expect(failing).rejects.toMatchObject({ code: "not_null" });
    expect(await rowsOf(session, "contacts")).toHaveLength(2);
    expect(await rowsOf(session, "contacts__tags")).toHaveLength(1);
  });

  it("cleans up after itself, and discard does", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await load(session, {
      loadId: "1.1",
      staged: two,
      chain: { writeDisposition: { kind: "merge", strategy: "upsert" }, primaryKey: ["id"] },
    });
    await stage(session, "1.2", two[0] ?? { table: contacts, rows: [] });
    const temporary = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'temp'";
    expect(await session.query(temporary)).toEqual([{ table_name: "tl_1_2_v1_contacts" }]);
    await session.discard("1.2", signal);
    await session.discard("1.2", signal);
    expect(await session.query(temporary)).toEqual([]);
  });

  it("aborted before COMMIT changes nothing", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const lease = await claim(session);
    const commit = commitOf({ loadId: "1.1", staged: two }, lease);
    await session.prepare({ schema: commit.schema, tables: ["contacts", "contacts__tags"] }, signal);
    for (const staged of two) await stage(session, "1.1", staged);
    await expect(session.commit(commit, AbortSignal.abort(new Error("stop")))).rejects.toThrow("stop");
    await expect(session.commit(commit, signal)).resolves.toMatchObject({ alreadyCommitted: false });
  });
});

describe("what a commit records", () => {
  it("is read back", async () => {
    const destination = duckdb({ path: temporaryFile() });
    const request = { pipeline: "pipe", schemaName: "shop", loadIds: ["1.1", "1.2"], resources: ["contacts", "sites"] };
    const partition = { id: "a..b", kind: "window", fingerprint: "f", data: { since: "2026-01-01", n: [1, null] } };
    const record = {
      resource: "contacts",
      partition,
      verdict: { rows: "proved", expected: 2, read: 2, note: "all of it" },
      runId: "run",
      loadId: "1.1",
    } as const;
    const state = {
      version: 3,
      engineVersion: 4,
      state: "packed",
      createdAt: "2026-01-02T00:00:00Z",
      versionHash: "h",
      dltId: "s1",
    };
    {
      await using session = await open(destination);
      expect(await session.read(request, signal)).toEqual({
        exists: false,
        schema: undefined,
        state: undefined,
        finishedLoads: new Set(),
        greatestLoadId: undefined,
        partitions: [],
      });
      const completeness = [
        { resource: "contacts", rows: "proved", expected: 2, read: 2, freshness: "2025-01-01T00:00:00Z" },
      ] as const;
      await load(session, {
        loadId: "1.1",
        staged: two,
        partitions: [{ ...record, loadId: "1.0" }, record],
        state,
        completeness,
      });
    }
    await using session = await open(destination, "read");
    const stored = await session.read(request, signal);
    expect(stored.exists).toBe(true);
    expect(stored.schema?.tables["contacts"]?.columns.map((column) => column.name)).toEqual(
      contacts.columns.map((column) => column.name),
    );
    expect(stored.state).toEqual({ text: "packed", versionHash: "h" });
    expect([...stored.finishedLoads]).toEqual(["1.1"]);
    expect(stored.greatestLoadId).toBe("1.1");
    expect(stored.partitions).toEqual([record]);
    expect(await session.query("SELECT * FROM ds._typeload_completeness")).toEqual([
      {
        load_id: "1.1",
        schema_name: "shop",
        resource: "contacts",
        rows: "proved",
        expected: 2,
        read: 2,
        freshness: "2025-01-01T00:00:00Z",
        note: null,
        run_id: "run",
        checked_at: "2026-01-02T03:04:05.000006Z",
      },
    ]);
  });

  it("is the newest by number, not by text, and of finished loads only", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    const state = (text: string) => ({
      version: 1,
      engineVersion: 4,
      state: text,
      createdAt: "2026-01-02T00:00:00Z",
      versionHash: text,
      dltId: text,
    });
    await load(session, { loadId: "999.5", staged: two, state: state("older") });
    await load(session, { loadId: "1000.25", staged: two, state: state("newer") });
    await session.query(
      "INSERT INTO ds._dlt_pipeline_state SELECT 9, 4, 'pipe', 'unfinished', now(), 'u', '2000.0', 'u'",
    );
    await session.query("INSERT INTO ds._dlt_loads SELECT 'not a number', 'shop', 0, now(), 'h'");
    const stored = await session.read({ pipeline: "pipe", schemaName: "shop", loadIds: [], resources: [] }, signal);
    expect(stored.greatestLoadId).toBe("1000.25");
    expect(stored.state?.text).toBe("newer");
  });

  it("holds each schema once", async () => {
    await using session = await open(duckdb({ path: temporaryFile() }));
    await load(session, { loadId: "1.1", staged: two });
    await load(session, { loadId: "1.2", staged: two });
    expect(await session.query("SELECT schema_name, version, engine_version FROM ds._dlt_version")).toEqual([
      { schema_name: "shop", version: 1, engine_version: 11 },
    ]);
  });
});
