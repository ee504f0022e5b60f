import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
import type { OpenContext, QueryRow, RowBatch, StagedPart } from "@typeload/core";
import { CommitUnansweredError } from "@typeload/destination-sql";
import type { BulkLoadRequest, SqlConnection, SqlStatement, SqlValue } from "@typeload/destination-sql";
import { bulkLoad } from "./duckdb-bulk-load.ts";
import { catalogName, refuseAmbiguousDataset } from "./duckdb-catalog.ts";
import { duckdbError, leavesCommitUnknown } from "./duckdb-errors.ts";
import { refuseHeldFile } from "./duckdb-file-held.ts";
import { ownFile, realFile } from "./duckdb-file-owner.ts";
import type { ResolvedOptions } from "./duckdb-options.ts";
import { readValue } from "./duckdb-read-value.ts";
import { refuseReservedDataset } from "./duckdb-reserved-datasets.ts";

/** Opens the file for one session, alone in this process, waiting a bounded time for whoever has it. */
export async function connectToFile(options: ResolvedOptions, context: OpenContext): Promise<SqlConnection> {
  refuseReservedDataset(context.dataset);
  const file = await realFile(options.path);
  const release = await ownFile(file, options.lockWaitSeconds, context.signal);
  try {
    const instance = await createInstance(options, `${file}.tmp`);
    const connection = await instance.connect();
    const close = (): void => {
      connection.closeSync();
      instance.closeSync();
    };
    try {
      await connection.run("SET TimeZone = 'UTC'");
      const catalog = catalogName(file, context.dataset);
      const missing = !existsSync(file);
      // A session that only reads must not make the file: it sees an empty database.
      if (missing && context.purpose === "read") return new DuckDbSession(connection, { file, close, release });
      const writes = context.purpose === "load";
      if (missing) await refuseAmbiguousDataset(undefined, file, context.dataset);
      await attach(connection, file, catalog, context, options.lockWaitSeconds);
      if (writes && !missing) await refuseAmbiguousDataset(connection, file, context.dataset);
      return new DuckDbSession(connection, { file, close, release, catalog, writes });
    } catch (error) {
      close();
      throw error;
    }
  } catch (error) {
    release();
    context.signal.throwIfAborted();
    throw duckdbError(error, file);
  }
}

/** A database in memory that lives as long as the destination object: sessions come and go. */
export function memoryDatabase(options: ResolvedOptions): (context: OpenContext) => Promise<SqlConnection> {
  const name = `:memory: ${crypto.randomUUID()}`;
  let instance: Promise<DuckDBInstance> | undefined;
  return async (context) => {
    refuseReservedDataset(context.dataset);
    const release = await ownFile(name, options.lockWaitSeconds, context.signal);
    try {
      instance ??= createInstance(options, join(tmpdir(), `typeload-duckdb-${process.pid}`));
      const connection = await (await instance).connect();
      await connection.run("SET TimeZone = 'UTC'");
      return new DuckDbSession(connection, { file: ":memory:", close: () => connection.closeSync(), release });
    } catch (error) {
      release();
      throw duckdbError(error, ":memory:");
    }
  };
}

function createInstance(options: ResolvedOptions, spill: string): Promise<DuckDBInstance> {
  return DuckDBInstance.create(":memory:", {
    // Else a query that names an unknown function would try to fetch an extension from the network.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    memory_limit: options.memoryLimit,
    temp_directory: spill,
    ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
  });
}

/** ATTACH, because DETACH gives the file's lock back for sure, where closing an instance waits for the garbage collector. */
async function attach(
  connection: DuckDBConnection,
  file: string,
  catalog: string,
  context: OpenContext,
  waitSeconds: number,
): Promise<void> {
  const name = quoteName(catalog);
  // The type is said, because DuckDB would take a CSV or Parquet file for a database too.
  const how = context.purpose === "read" ? "(TYPE duckdb, READ_ONLY)" : "(TYPE duckdb)";
  const until = performance.now() + waitSeconds * 1000;
  for (let pause = 50; ; pause = Math.min(pause * 2, 500)) {
    context.signal.throwIfAborted();
    try {
      refuseHeldFile(file);
      await connection.run(`ATTACH '${file.replaceAll("'", "''")}' AS ${name} ${how}`);
      break;
    } catch (cause) {
      const error = duckdbError(cause, file);
      const left = until - performance.now();
      const held = error.code === "file_locked" || error.code === "file_in_use";
      if (!held || left <= 0) throw error;
      await delay(Math.min(pause, left), undefined, { signal: context.signal });
    }
  }
  await connection.run(`USE ${name}`);
}

interface Opened {
  readonly file: string;
  readonly close: () => void;
  readonly release: () => void;
  readonly catalog?: string | undefined;
  readonly writes?: boolean | undefined;
}

class DuckDbSession implements SqlConnection {
  readonly #connection: DuckDBConnection;
  readonly #opened: Opened;
  #closed = false;

  constructor(connection: DuckDBConnection, opened: Opened) {
    this.#connection = connection;
    this.#opened = opened;
  }

  async query(statement: SqlStatement, signal: AbortSignal): Promise<readonly QueryRow[]> {
    return this.#interruptible(signal, async () => {
      const result = await this.#connection.run(statement.text, bindings(statement.parameters));
      const names = result.deduplicatedColumnNames();
      const rows = await result.getRows();
      return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, readValue(row[index] ?? null)])));
    });
  }

  async execute(statement: SqlStatement, signal: AbortSignal): Promise<number> {
    return this.#interruptible(signal, async () => {
      const result = await this.#connection.run(statement.text, bindings(statement.parameters));
      return result.rowsChanged;
    });
  }

  async transaction<T>(work: (connection: SqlConnection) => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.execute({ text: "BEGIN TRANSACTION", parameters: [] }, signal);
    let result: T;
    try {
      result = await work(this);
      signal.throwIfAborted();
    } catch (error) {
      // Fails only where DuckDB ended the transaction itself; the first error says why.
      await this.#connection.run("ROLLBACK").catch(() => undefined);
      throw error;
    }
    try {
      await this.#connection.run("COMMIT");
      return result;
    } catch (cause) {
      await this.#connection.run("ROLLBACK").catch(() => undefined);
      const error = duckdbError(cause, this.#opened.file);
      if (!leavesCommitUnknown(cause)) throw error;
      throw new CommitUnansweredError(`${this.#opened.file}: COMMIT failed half-way: ${error.message}`, {
        cause: error,
      });
    }
  }

  async bulkLoad(request: BulkLoadRequest, batches: AsyncIterable<RowBatch>, signal: AbortSignal): Promise<StagedPart> {
    let failed: { readonly error: unknown } | undefined;
    const watched = (async function* () {
      try {
        yield* batches;
      } catch (error) {
        failed = { error };
        throw error;
      }
    })();
    try {
      const rows = await this.#interruptible(signal, () => bulkLoad(this.#connection, request, watched, signal));
      return { rows };
    } catch (error) {
      // What went wrong while the rows were made is not DuckDB's error.
      throw failed === undefined ? error : failed.error;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { catalog, writes, close, release } = this.#opened;
    try {
      if (catalog !== undefined) {
        const name = quoteName(catalog);
        await this.#connection.run("ROLLBACK").catch(() => undefined);
        // Everything is committed and in the log by now: a failing checkpoint loses nothing, the next one catches up.
        if (writes === true) await this.#connection.run(`CHECKPOINT ${name}`).catch(() => undefined);
        await this.#connection.run("USE memory");
        await this.#connection.run(`DETACH ${name}`);
      }
    } catch {
      // A file that DuckDB gave up is let go by closing the instance.
    } finally {
      close();
      release();
    }
  }

  /** Runs something that DuckDB works at beside the event loop; the signal interrupts it. */
  async #interruptible<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const interrupt = (): void => this.#connection.interrupt();
    signal.addEventListener("abort", interrupt, { once: true });
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      throw duckdbError(error, this.#opened.file);
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
  }
}

function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Whole numbers go as integers: DuckDB would take a JavaScript number for a double. */
function bindings(parameters: readonly SqlValue[]): DuckDBValue[] | undefined {
  if (parameters.length === 0) return undefined;
  return parameters.map((value) => (typeof value === "number" && Number.isInteger(value) ? BigInt(value) : value));
}
