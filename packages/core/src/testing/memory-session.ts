import type { Capabilities } from "../destination/capabilities.ts";
import { DestinationError, LeaseLostError } from "../destination/destination-error.ts";
import type {
  DestinationSession,
  Lease,
  LeaseClaim,
  OpenContext,
  PrepareRequest,
  QueryRow,
  StagedPart,
  StagePart,
} from "../destination/destination.ts";
import type { CommitResult, LoadCommit } from "../destination/load-commit.ts";
import type { ReadRequest, StoredDataset } from "../destination/stored-dataset.ts";
import type { RowBatch } from "../normalize/row-batch.ts";
import { systemTables } from "../schema/system-tables.ts";
import { applyCommit, refuseUnsupportedDisposition, type StagedLoad } from "./memory-commit.ts";
import { type MemoryDataset, unknownTable, withTable } from "./memory-dataset.ts";
import type { StagedRow } from "./memory-winners.ts";
import { queryMemory } from "./memory-query.ts";
import { claimLease, releaseLease, renewedLease } from "./memory-system-tables.ts";
import { readMemoryDataset } from "./read-memory-dataset.ts";
import { readRowBatch } from "./read-row-batch.ts";

/** What the sessions of one memory destination have in common. */
export interface MemoryStore {
  readonly datasets: Map<string, MemoryDataset>;
  readonly capabilities: Capabilities;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface StagedPartRows {
  readonly loadId: string;
  readonly table: string;
  readonly tableVersion: number;
  readonly rows: readonly StagedRow[];
}

/** A session on a dataset in memory. Staged rows are the session's own and end with it. */
export class MemorySession implements DestinationSession {
  readonly #store: MemoryStore;
  readonly #context: OpenContext;
  /** By load id, table, table version and part. */
  readonly #staged = new Map<string, StagedPartRows>();
  #closed = false;

  constructor(store: MemoryStore, context: OpenContext) {
    this.#store = store;
    this.#context = context;
  }

  async read(request: ReadRequest, signal: AbortSignal): Promise<StoredDataset> {
    this.#check("read", signal);
    return readMemoryDataset(this.#dataset(), request);
  }

  async claim(claim: LeaseClaim, signal: AbortSignal): Promise<Lease> {
    this.#check("claim", signal);
    this.#publish(claimLease(this.#withSystemTables(), claim, this.#store.now()));
    return { pipeline: claim.pipeline, token: claim.token, ttlSeconds: claim.ttlSeconds };
  }

  async renew(lease: Lease, signal: AbortSignal): Promise<void> {
    this.#check("renew", signal);
    const renewed = renewedLease(this.#dataset() ?? new Map(), lease, this.#store.now());
    if (renewed === undefined) {
      throw new LeaseLostError(
        `Another run took over the lease of pipeline ${lease.pipeline}. Let it end, then run again.`,
      );
    }
    this.#publish(renewed);
  }

  async release(lease: Lease, signal: AbortSignal): Promise<void> {
    this.#check("release", signal);
    const dataset = this.#dataset();
    if (dataset !== undefined) this.#publish(releaseLease(dataset, lease));
  }

  async prepare({ schema, tables }: PrepareRequest, signal: AbortSignal): Promise<void> {
    this.#check("prepare", signal);
    const { capabilities } = this.#store;
    let dataset = this.#withSystemTables();
    for (const name of tables) {
      const table = Object.hasOwn(schema.tables, name) ? schema.tables[name] : undefined;
      if (table === undefined) throw unknownTable(name);
      if (table.writeDisposition !== undefined)
        refuseUnsupportedDisposition(table.writeDisposition, table.name, capabilities);
      dataset = withTable(dataset, table, capabilities);
    }
    this.#publish(dataset);
  }

  async stage(
    { loadId, table, tableVersion, part }: StagePart,
    batches: AsyncIterable<RowBatch> | Iterable<RowBatch>,
    signal: AbortSignal,
  ): Promise<StagedPart> {
    this.#check("stage", signal);
    if (this.#dataset()?.has(table.name) !== true) throw unknownTable(table.name);
    const rows: StagedRow[] = [];
    for await (const batch of batches) {
      signal.throwIfAborted();
      readRowBatch(batch).forEach((row, index) => rows.push({ ordinal: batch.ordinals[index] ?? 0, row }));
    }
    this.#staged.set(JSON.stringify([loadId, table.name, tableVersion, part]), {
      loadId,
      table: table.name,
      tableVersion,
      rows,
    });
    return { rows: rows.length };
  }

  async commit(commit: LoadCommit, signal: AbortSignal): Promise<CommitResult> {
    this.#check("commit", signal);
    const { capabilities, now } = this.#store;
    const { dataset, result } = applyCommit(
      this.#withSystemTables(),
      commit,
      this.#stagedOf(commit.loadId),
      capabilities,
      now(),
    );
    this.#publish(dataset);
    await this.discard(commit.loadId, signal);
    return result;
  }

  async discard(loadId: string, signal: AbortSignal): Promise<void> {
    this.#check("discard", signal);
    for (const [key, staged] of this.#staged) if (staged.loadId === loadId) this.#staged.delete(key);
  }

  async drop(signal: AbortSignal): Promise<void> {
    this.#check("drop", signal);
    this.#staged.clear();
    this.#store.datasets.delete(this.#context.dataset);
  }

  async query(statement: string, signal?: AbortSignal): Promise<readonly QueryRow[]> {
    this.#check("query", signal);
    return queryMemory(this.#dataset() ?? new Map(), statement);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    this.#staged.clear();
  }

  #stagedOf(loadId: string): StagedLoad {
    const load = new Map<string, Map<number, StagedRow[]>>();
    for (const { loadId: of, table, tableVersion, rows } of this.#staged.values()) {
      if (of !== loadId) continue;
      const versions = load.get(table) ?? new Map<number, StagedRow[]>();
      load.set(table, versions.set(tableVersion, [...(versions.get(tableVersion) ?? []), ...rows]));
    }
    return load;
  }

  #dataset(): MemoryDataset | undefined {
    return this.#store.datasets.get(this.#context.dataset);
  }

  #publish(dataset: MemoryDataset): void {
    this.#store.datasets.set(this.#context.dataset, dataset);
  }

  #withSystemTables(): MemoryDataset {
    const none: MemoryDataset = new Map();
    const { capabilities } = this.#store;
    return systemTables.reduce((made, table) => withTable(made, table, capabilities), this.#dataset() ?? none);
  }

  #check(method: keyof DestinationSession & string, signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (this.#closed) {
      throw new DestinationError(`The session on ${this.#context.dataset} is closed: ${method} needs a new one.`, {
        code: "session_closed",
      });
    }
    if (this.#context.purpose === "read" && method !== "read" && method !== "query") {
      throw new DestinationError(`The session on ${this.#context.dataset} was opened to read: ${method} would write.`, {
        code: "read_only_session",
      });
    }
  }
}
