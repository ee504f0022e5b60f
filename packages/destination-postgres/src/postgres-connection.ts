import { DestinationError } from "@typeload/core";
import type { OpenContext, QueryRow, RowBatch, StagedPart } from "@typeload/core";
import { CommitUnansweredError } from "@typeload/destination-sql";
import type { BulkLoadRequest, SqlConnection, SqlStatement } from "@typeload/destination-sql";
import type { QueryResult } from "pg";
import { copyIn } from "./postgres-bulk-load.ts";
import { abortedError, isConnectionLoss, isServerAnswer, postgresError } from "./postgres-errors.ts";
import type { PostgresSettings } from "./postgres-options.ts";
import { rowTypes } from "./postgres-row-types.ts";
import { withoutData } from "./server-answer.ts";
import { cancelStatement, openSessionClient, within } from "./session-client.ts";
import type { SessionClient } from "./session-client.ts";
import { applySessionSettings, restoreSessionSettings } from "./session-settings.ts";
import type { SessionState } from "./session-settings.ts";

/** How long the answer to COMMIT may take before its outcome counts as unknown. */
const commitAnswerSeconds = 120;
/** How long after an abort a statement may take to end before its connection is broken. */
const abortSeconds = 10;

/** Opens the connection of one session: one of its own, or one borrowed from the user's pool. */
export async function connectPostgres(settings: PostgresSettings, context: OpenContext): Promise<SqlConnection> {
  const { signal } = context;
  let opened: SessionClient | undefined;
  try {
    opened = await openSessionClient(settings, signal);
    const state = await applySessionSettings(opened.client, settings, context.purpose);
    return new PostgresConnection(settings, opened, state);
  } catch (error) {
    await opened?.close(true);
    throw signal.aborted
      ? abortedError(settings.location, signal)
      : postgresError(error, settings.location, "connecting");
  }
}

class PostgresConnection implements SqlConnection {
  readonly #settings: PostgresSettings;
  readonly #session: SessionClient;
  readonly #state: SessionState;
  #broken = false;
  #closed = false;

  constructor(settings: PostgresSettings, session: SessionClient, state: SessionState) {
    this.#settings = settings;
    this.#session = session;
    this.#state = state;
  }

  async query(statement: SqlStatement, signal: AbortSignal): Promise<readonly QueryRow[]> {
    const { rows } = await this.#run(statement, signal, "extended");
    return rows;
  }

  async execute(statement: SqlStatement, signal: AbortSignal): Promise<number> {
    const { rowCount } = await this.#run(statement, signal);
    return rowCount ?? 0;
  }

  async transaction<T>(work: (connection: SqlConnection) => Promise<T>, signal: AbortSignal): Promise<T> {
    let result: T;
    try {
      // Inside, because an abort can leave it open.
      await this.execute({ text: "BEGIN", parameters: [] }, signal);
      result = await work(this);
      if (signal.aborted) throw abortedError(this.#settings.location, signal);
    } catch (error) {
      await this.#rollBack();
      throw error;
    }
    await this.#commit();
    return result;
  }

  bulkLoad(request: BulkLoadRequest, batches: AsyncIterable<RowBatch>, signal: AbortSignal): Promise<StagedPart> {
    return this.#guard(signal, `copying rows into ${request.table.name}`, () =>
      copyIn(this.#session.client, request, batches, signal),
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (!this.#broken && this.#settings.pool !== undefined) {
      this.#broken = !(await restoreSessionSettings(this.#session.client, this.#state));
    }
    await this.#session.close(this.#broken);
  }

  /** @param queryMode `extended`: the server refuses a text of several statements, of which only one could give rows */
  #run(
    { text, parameters }: SqlStatement,
    signal: AbortSignal,
    queryMode?: "extended",
  ): Promise<QueryResult<Record<string, unknown>>> {
    const values = parameters.map((value) => (typeof value === "bigint" ? value.toString() : value));
    const query = { text, values, types: rowTypes, queryMode };
    return this.#guard(signal, summary(text), () => this.#session.client.query(query));
  }

  /**
   * Runs `work` and says what its errors mean. On abort the server is asked to cancel the statement, and `work` is awaited all the
   * same, so that the connection is free afterwards; if it does not end in time, the connection is broken.
   */
  async #guard<T>(signal: AbortSignal, doing: string, work: () => Promise<T>): Promise<T> {
    const { location, client } = this.#settings;
    if (signal.aborted) throw abortedError(location, signal);
    let cancelling: Promise<void> | undefined;
    let timer: NodeJS.Timeout | undefined;
    const onAbort = (): void => {
      cancelling = cancelStatement(client, this.#state.processId);
      timer = setTimeout(() => this.#break(), abortSeconds * 1000);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await work();
    } catch (error) {
      if (isConnectionLoss(error)) this.#broken = true;
      throw signal.aborted ? abortedError(location, signal) : postgresError(error, location, doing);
    } finally {
      signal.removeEventListener("abort", onAbort);
      clearTimeout(timer);
      await cancelling; // a late one would hit the next statement
    }
  }

  async #rollBack(): Promise<void> {
    if (this.#broken) return; // it has rolled back by itself
    if ((await within(this.#session.client.query("ROLLBACK"), abortSeconds)) === "late") this.#break();
  }

  async #commit(): Promise<void> {
    const { location } = this.#settings;
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => reject(new Error(`no answer within ${commitAnswerSeconds} s`)),
      commitAnswerSeconds * 1000,
    );
    let answer: string;
    try {
      ({ command: answer } = await Promise.race([this.#session.client.query("COMMIT"), late]));
    } catch (error) {
      if (isServerAnswer(error)) throw postgresError(error, location, "committing");
      this.#break();
      const cause = withoutData(error);
      throw new CommitUnansweredError(`Postgres (${location}): COMMIT was sent and no answer came`, { cause });
    } finally {
      clearTimeout(timer);
    }
    // A failed transaction answers COMMIT with ROLLBACK and calls it a success.
    if (answer !== "COMMIT") {
      throw new DestinationError(`Postgres (${location}), committing: the server rolled back (${answer})`, {
        code: "rolled_back",
        retryable: true,
      });
    }
  }

  #break(): void {
    this.#broken = true;
    this.#session.destroy();
  }
}

/** The first words of a statement, up to whatever is neither a keyword nor a name: what it does and to which table, without values. */
function summary(text: string): string {
  const words = /^(?:[\p{L}_]+|"[^"]*"|[\s.,*])*/u.exec(text)?.[0].replace(/\s+/g, " ").trim() ?? "";
  return words.length > 80 ? `${words.slice(0, 80)}…` : words || "running a statement";
}
