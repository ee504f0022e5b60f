import type { RowBatch } from "../normalize/row-batch.ts";
import type { Schema, Table } from "../schema/schema.ts";
import type { Capabilities } from "./capabilities.ts";
import type { CommitResult, LoadCommit } from "./load-commit.ts";
import type { ReadRequest, StoredDataset } from "./stored-dataset.ts";

/** The version of this contract. A destination states the one it was written for; a mismatch is refused with the fix. */
export const contractVersion = 1;

/**
 * A database, warehouse or store that rows can be loaded into. One small contract, proved by one suite
 * (`@typeload/destination-conformance`). Call sequences for every write disposition: `docs/decisions/0001-load-contract.md`.
 */
export interface Destination {
  readonly name: string;
  readonly contractVersion: 1;
  readonly capabilities: Capabilities;
  /** dlt's name of the same destination (`dlt.destinations.duckdb`), for the stored pipeline state. */
  readonly dltType: string;
  /** Where the data goes, for reports: a path, or host and database. Never a credential. */
  readonly location: string;
  /** Opens a session on one dataset. Throws a `DestinationError` that says what to do when it cannot be reached. */
  open(context: OpenContext): Promise<DestinationSession>;
}

/** What a session is opened for. */
export interface OpenContext {
  /** Name of the dataset (schema), already normalized. It need not exist. */
  readonly dataset: string;
  /** `read` never writes: a destination may then avoid locks and need fewer rights. */
  readonly purpose: "read" | "load";
  readonly signal: AbortSignal;
}

/**
 * A session on one dataset. Methods are called one after another, never at the same time, except `stage` for different tables when
 * `capabilities.sharedStaging` is set. Disposing it closes everything it opened; what was staged and not committed may be gone then.
 */
export interface DestinationSession extends AsyncDisposable {
  /** What is stored: schema, state, finished loads, partitions. Also of a dataset that dlt made. A missing dataset is not an error. */
  read(request: ReadRequest, signal: AbortSignal): Promise<StoredDataset>;
  /**
   * Takes the lease of (dataset, pipeline), so that two runs are kept apart. Refused with a `LeaseHeldError` while another run holds
   * one that is not over, unless `takeOver`. Makes the dataset and the system tables when they are missing.
   */
  claim(claim: LeaseClaim, signal: AbortSignal): Promise<Lease>;
  /** Makes the lease last `ttlSeconds` from now on. Refused with a `LeaseLostError` when another run has it, or nobody. */
  renew(lease: Lease, signal: AbortSignal): Promise<void>;
  /** Gives the lease back. Does nothing when another run took it over. */
  release(lease: Lease, signal: AbortSignal): Promise<void>;
  /**
   * Brings the tables to at least this shape: creates tables and columns, widens types. Additive, idempotent, and harmless when the
   * load never commits (empty new columns and tables may stay).
   */
  prepare(request: PrepareRequest, signal: AbortSignal): Promise<void>;
  /**
   * Takes one part of a table's rows to a place where nobody sees them. Idempotent per (load id, table, table version, part): called
   * again with the same part, it replaces what an earlier, unanswered call may have left.
   */
  stage(
    part: StagePart,
    batches: AsyncIterable<RowBatch> | Iterable<RowBatch>,
    signal: AbortSignal,
  ): Promise<StagedPart>;
  /**
   * Makes rows, state, partitions, verdicts and the `_dlt_loads` row visible together, or nothing. Refused when staged counts differ
   * from the expected ones (`StagedCountError`) or the lease is lost (`LeaseLostError`). Repeated under the same load id it changes
   * nothing and says so.
   */
  commit(commit: LoadCommit, signal: AbortSignal): Promise<CommitResult>;
  /** Throws away what was staged under a load id. Not an error when there is nothing. */
  discard(loadId: string, signal: AbortSignal): Promise<void>;
  /** Drops the dataset with everything in it. */
  drop(signal: AbortSignal): Promise<void>;
  /** Runs one statement of the destination's own language and gives its rows: integers beyond 2^53 as bigint, timestamps as ISO text. */
  query(statement: string, signal?: AbortSignal): Promise<readonly QueryRow[]>;
}

/** A row that {@link DestinationSession.query} gives, by column name. */
export type QueryRow = Readonly<Record<string, unknown>>;

/** What {@link DestinationSession.claim} asks for. */
export interface LeaseClaim {
  readonly pipeline: string;
  /** Random, unique for each run: the fencing token. */
  readonly token: string;
  /** Who holds it, for the message that refuses another run: host, process, since when. */
  readonly holder: string;
  /** After this many seconds without a commit and without {@link DestinationSession.renew} the lease is over. */
  readonly ttlSeconds: number;
  /** Take it even while another run holds it: that run can commit nothing more. */
  readonly takeOver: boolean;
  /** Take it as well while one of these holds it: runs that are known to be dead. */
  readonly takeOverFrom?: readonly string[] | undefined;
}

/** A lease that was taken. */
export interface Lease {
  readonly pipeline: string;
  readonly token: string;
  readonly ttlSeconds: number;
}

/** What {@link DestinationSession.prepare} has to bring about. */
export interface PrepareRequest {
  /** The schema as it will be after the load. */
  readonly schema: Schema;
  /** Names of the tables of it that this load writes; others are left alone. */
  readonly tables: readonly string[];
}

/** Which part of a load {@link DestinationSession.stage} takes. */
export interface StagePart {
  readonly loadId: string;
  readonly table: Table;
  readonly tableVersion: number;
  /** Counts up from 0 for each (table, table version). */
  readonly part: number;
}

/** What was staged. */
export interface StagedPart {
  readonly rows: number;
  /** What could not be stored as it came; said in the report, since nothing is bent in silence. */
  readonly altered?: readonly AlteredCells[] | undefined;
}

/** Cells of one column that a destination cannot store as they came, and what it stored instead. */
export interface AlteredCells {
  readonly column: string;
  readonly cells: number;
  /** For the report, for example "NUL became U+FFFD, since Postgres stores none". */
  readonly how: string;
}
