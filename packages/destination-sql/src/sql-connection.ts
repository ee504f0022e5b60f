import { DestinationError } from "@typeload/core";
import type { Column, QueryRow, RowBatch, StagedPart } from "@typeload/core";
import type { SqlStatement } from "./sql-text.ts";

/**
 * One session's way to the database. Calls come one after another. Every method turns the driver's errors into `DestinationError`s
 * that say what, where and what to do, with `retryable` set by the vendor's code.
 */
export interface SqlConnection {
  /**
   * Runs a statement and gives its rows: integers beyond 2^53 as bigint (others as number), decimals as exact text, timestamps as ISO
   * text (`2026-01-02T03:04:05.000006Z`; without `Z` when local), dates `2026-01-02`, times as text, bytes as `Uint8Array`, json as its text.
   */
  query(statement: SqlStatement, signal: AbortSignal): Promise<readonly QueryRow[]>;
  /** Runs a statement and gives the number of rows it changed (0 for DDL). */
  execute(statement: SqlStatement, signal: AbortSignal): Promise<number>;
  /**
   * Runs `work` in one transaction on one physical connection; `work` must use the connection it is given. Commits when it resolves,
   * rolls back when it rejects. Not nested. The signal is not looked at any more once COMMIT was sent; when no answer to COMMIT comes
   * (within a bounded time), it rejects with {@link CommitUnansweredError}, and nothing is known.
   */
  transaction<T>(work: (connection: SqlConnection) => Promise<T>, signal: AbortSignal): Promise<T>;
  /**
   * Writes batches into a staging table by the engine's fastest safe way (a data chunk's vectors, COPY): no value a parameter. Inside
   * a transaction it is part of it. All batches have the same columns. Gives the number of rows written, and what had to be altered.
   */
  bulkLoad(request: BulkLoadRequest, batches: AsyncIterable<RowBatch>, signal: AbortSignal): Promise<StagedPart>;
  /** Closes everything. Never throws; a second call does nothing. */
  close(): Promise<void>;
}

/** Where a bulk load goes. */
export interface BulkLoadRequest {
  readonly table: TableName;
  /** Columns of every batch, in the order of `batch.columns`. The staging table has them, by name, perhaps in another order and with others. */
  readonly columns: readonly Column[];
  /** bigint column that takes `batch.ordinals`. */
  readonly ordinalColumn: string;
  /** bigint column that takes `part` in every row. */
  readonly partColumn: string;
  readonly part: number;
}

/** A table; without a schema it is a temporary one. */
export interface TableName {
  readonly schema?: string | undefined;
  readonly name: string;
}

/** COMMIT was sent and no answer came. `createSqlDestination` turns it into `CommitUnknownError` with the load id. */
export class CommitUnansweredError extends DestinationError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { code: "commit_unanswered", retryable: true, cause: options.cause });
  }
}
