import type { OpenContext } from "@typeload/core";
import { RunAbortedError } from "@typeload/core";
import { CommitUnansweredError } from "@typeload/destination-sql";
import type { BulkLoadRequest, SqlConnection, SqlStatement } from "@typeload/destination-sql";
import type { QueryRow, RowBatch } from "@typeload/core";
import pg from "pg";
import { copyIn } from "./postgres-bulk-load.ts";
import { isConnectionLoss, postgresError } from "./postgres-errors.ts";
import type { PostgresSettings } from "./postgres-options.ts";
import { rowTypes } from "./postgres-row-types.ts";

/** How long the answer to COMMIT may take before its outcome counts as unknown. */
const commitAnswerSeconds = 120;

/** Opens the connection of one session: one of its own, or one borrowed from the user's pool. */
export async function connectPostgres(settings: PostgresSettings, context: OpenContext): Promise<SqlConnection> {
  context.signal.throwIfAborted();
  try {
    const client = settings.pool === undefined ? new pg.Client(settings.client) : await settings.pool.connect();
    // Without a listener the loss of an idle connection would end the process; the next statement reports it.
    client.on("error", () => {});
    if (client instanceof pg.Client) await client.connect();
    const connection = new PostgresConnection(client, settings);
    await connection.begin(context);
    return connection;
  } catch (error) {
    throw postgresError(error, settings.location, "connecting");
  }
}

class PostgresConnection implements SqlConnection {
  readonly #client: pg.ClientBase;
  readonly #settings: PostgresSettings;
  #processId = 0;
  #closed = false;

  constructor(client: pg.ClientBase, settings: PostgresSettings) {
    this.#client = client;
    this.#settings = settings;
  }

  /** What every session needs: dates in one form, bounded waits, and for a reading one no right to write. */
  async begin({ purpose }: OpenContext): Promise<void> {
    const { statementTimeout, lockTimeout } = this.#settings;
    const milliseconds = (seconds: number): number => Math.round(seconds * 1000);
    await this.#client.query(
      `SET TIME ZONE 'UTC'; SET datestyle = 'ISO, YMD'; SET statement_timeout = ${milliseconds(statementTimeout)}; ` +
        `SET lock_timeout = ${milliseconds(lockTimeout)}; SET client_min_messages = warning; ` +
        `SET default_transaction_read_only = ${purpose === "read" ? "on" : "off"}`,
    );
    const { rows } = await this.#client.query<{ id: number }>("SELECT pg_backend_pid() AS id");
    this.#processId = rows[0]?.id ?? 0;
  }

  async query(statement: SqlStatement, signal: AbortSignal): Promise<readonly QueryRow[]> {
    const { rows } = await this.#run(statement, signal);
    return rows;
  }

  async execute(statement: SqlStatement, signal: AbortSignal): Promise<number> {
    const { rowCount } = await this.#run(statement, signal);
    return rowCount ?? 0;
  }

  async transaction<T>(work: (connection: SqlConnection) => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.execute({ text: "BEGIN", parameters: [] }, signal);
    let result: T;
    try {
      result = await work(this);
      signal.throwIfAborted();
    } catch (error) {
      await this.#client.query("ROLLBACK").catch(() => {}); // a broken connection has rolled back by itself
      throw error;
    }
    await this.#commit();
    return result;
  }

  async bulkLoad(request: BulkLoadRequest, batches: AsyncIterable<RowBatch>, signal: AbortSignal): Promise<number> {
    try {
      return await this.#cancellable(signal, () => copyIn(this.#client, request, batches, signal));
    } catch (error) {
      if (signal.aborted) throw aborted(signal);
      throw postgresError(error, this.#settings.location, `copying rows into ${request.table.name}`);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    try {
      if (this.#client instanceof pg.Client && !("release" in this.#client)) return await this.#client.end();
      await this.#client.query(
        "RESET TIME ZONE; RESET datestyle; RESET statement_timeout; RESET lock_timeout; RESET client_min_messages; RESET default_transaction_read_only",
      );
      releaseToPool(this.#client, false);
    } catch {
      releaseToPool(this.#client, true); // it is broken: the pool must not hand it out again
    }
  }

  async #run(
    { text, parameters }: SqlStatement,
    signal: AbortSignal,
  ): Promise<pg.QueryResult<Record<string, unknown>>> {
    signal.throwIfAborted();
    const values = parameters.map((value) => (typeof value === "bigint" ? value.toString() : value));
    try {
      return await this.#cancellable(signal, () => this.#client.query({ text, values, types: rowTypes }));
    } catch (error) {
      if (signal.aborted) throw aborted(signal);
      throw postgresError(error, this.#settings.location, summary(text));
    }
  }

  async #commit(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`no answer within ${commitAnswerSeconds} s`)),
        commitAnswerSeconds * 1000,
      );
    });
    try {
      const { command } = await Promise.race([this.#client.query("COMMIT"), late]);
      if (command !== "COMMIT") throw new Error(`the server answered ${command}: the transaction had failed before`);
    } catch (error) {
      const answered = error instanceof pg.DatabaseError && !isConnectionLoss(error);
      if (answered || (error instanceof Error && error.message.startsWith("the server answered"))) {
        throw postgresError(error, this.#settings.location, "committing");
      }
      throw new CommitUnansweredError(`Postgres (${this.#settings.location}): COMMIT was sent and no answer came`, {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs `work`; on abort the server is asked, on another connection, to cancel the statement, and `work` is awaited all the same. */
  async #cancellable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const onAbort = (): void => void this.#cancel().catch(() => {}); // best effort: the statement ends by itself too
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await work();
    } finally {
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #cancel(): Promise<void> {
    const client = new pg.Client({
      ...this.#settings.pool?.options,
      ...this.#settings.client,
      connectionTimeoutMillis: 5_000,
    });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("SELECT pg_cancel_backend($1)", [this.#processId]);
    } finally {
      await client.end();
    }
  }
}

function releaseToPool(client: pg.ClientBase, broken: boolean): void {
  if ("release" in client && typeof client.release === "function") client.release(broken);
}

function aborted(signal: AbortSignal): RunAbortedError {
  return new RunAbortedError("Postgres: stopped by the caller; the open transaction was rolled back", {
    cause: signal.reason,
  });
}

/** The first words of a statement: what it does and to which table, without values. */
function summary(text: string): string {
  const words = text.replace(/\s+/g, " ").trim();
  return words.length > 80 ? `${words.slice(0, 80)}…` : words;
}
