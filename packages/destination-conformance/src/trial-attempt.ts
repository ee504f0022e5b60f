import type { CommitResult, DestinationSession, Lease, LoadCommit, RowBatch, Schema } from "@typeload/core";
import { typedBatch } from "@typeload/core/testing";
import { chainsOf, type TrialLoad, type TrialPart, trialPipeline } from "./trial-load.ts";

/** Where an attempt is made. */
export interface AttemptBench {
  readonly signal: AbortSignal;
  /** The schema after the load. */
  store(load: TrialLoad): { readonly schema: Schema; readonly text: string };
  close(session: DestinationSession): Promise<void>;
}

/** A load on its way, in one session: staged and committed when the check says so. Disposing it closes the session. */
export class TrialAttempt implements AsyncDisposable {
  readonly session: DestinationSession;
  readonly #bench: AttemptBench;
  readonly #lease: Lease;
  #load: TrialLoad;
  #stored: { readonly schema: Schema; readonly text: string };

  constructor(bench: AttemptBench, session: DestinationSession, load: TrialLoad, lease: Lease) {
    this.session = session;
    this.#bench = bench;
    this.#load = load;
    this.#lease = lease;
    this.#stored = bench.store(load);
  }

  async prepare(): Promise<void> {
    const tables = this.#load.chains.flatMap((chain) => chain.tables.map(({ name }) => name));
    await this.session.prepare({ schema: this.#stored.schema, tables }, this.#bench.signal);
  }

  /** The schema grew in the middle of the load: core prepares again and goes on. */
  async continueAs(load: TrialLoad): Promise<void> {
    this.#load = load;
    this.#stored = this.#bench.store(load);
    await this.prepare();
  }

  /** Stages all parts of the load, or those given. */
  async stage(parts: readonly TrialPart[] = this.#load.parts): Promise<void> {
    for (const part of parts) {
      const staged = await this.stageBatches(part, batchesOf(part));
      if (staged !== part.rows.length)
        throw new Error(
          `stage said ${staged} rows for part ${part.part} of ${part.table.name}, not ${part.rows.length}`,
        );
    }
  }

  async stageBatches(part: TrialPart, batches: AsyncIterable<RowBatch> | Iterable<RowBatch>): Promise<number> {
    const { table, tableVersion = 1 } = part;
    const place = { loadId: this.#load.loadId, table, tableVersion, part: part.part };
    const { rows } = await this.session.stage(place, batches, this.#bench.signal);
    return rows;
  }

  /** What core would commit. */
  request(changes: Partial<LoadCommit> = {}): LoadCommit {
    const { loadId, state, partitions = [], completeness = [], pipeline = trialPipeline } = this.#load;
    return {
      loadId,
      runId: `run of ${loadId}`,
      pipeline,
      lease: this.#lease,
      schema: this.#stored.schema,
      storedSchema: this.#stored.text,
      chains: chainsOf(this.#load),
      state,
      partitions,
      completeness,
      committedAt: this.#load.committedAt ?? timeOf(loadId),
      ...changes,
    };
  }

  commit(changes: Partial<LoadCommit> = {}, signal = this.#bench.signal): Promise<CommitResult> {
    return this.session.commit(this.request(changes), signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#bench.close(this.session);
  }
}

/** Two batches where there are two rows: a part is rarely one. */
export function batchesOf({ table, tableVersion, rows, ordinals }: TrialPart): readonly RowBatch[] {
  const all = ordinals ?? rows.map((_row, index) => index + 1);
  const middle = Math.ceil(rows.length / 2);
  return [
    { rows: rows.slice(0, middle), ordinals: all.slice(0, middle) },
    { rows: rows.slice(middle), ordinals: all.slice(middle) },
  ]
    .filter((half) => half.rows.length > 0)
    .map((half) => typedBatch(table, half.rows, { tableVersion, ordinals: half.ordinals }));
}

/** A load id is decimal seconds. */
function timeOf(loadId: string): string {
  return new Date(Math.floor(Number(loadId) * 1000)).toISOString();
}
