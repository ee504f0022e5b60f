import { deepStrictEqual } from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import { storeSchema } from "@typeload/core";
import type {
  Destination,
  DestinationSession,
  Lease,
  LeaseClaim,
  ReadRequest,
  Schema,
  StoredDataset,
  Table,
  CommitResult,
} from "@typeload/core";
import { canonicalCell, type CanonicalCell } from "./canonical-cell.ts";
import type { ConformanceOptions, DestinationUnderTest } from "./conformance-options.ts";
import { expectSame } from "./expect-same.ts";
import { type AttemptBench, TrialAttempt } from "./trial-attempt.ts";
import { type TrialLoad, trialPipeline, trialSchema } from "./trial-load.ts";

/** A row in canonical form. */
export type CanonicalRow = Readonly<Record<string, CanonicalCell>>;

/** What a check works at: one destination with one dataset, driven as core drives it. */
export class Bench implements AttemptBench, AsyncDisposable {
  readonly destination: Destination;
  readonly dataset: string;
  readonly signal = new AbortController().signal;
  readonly #readTable: ConformanceOptions["readTable"];
  readonly sleep: (milliseconds: number) => Promise<unknown>;
  readonly #open = new Set<DestinationSession>();
  readonly #leases = new Map<string, Lease>();
  readonly #schemas = new Map<string, Schema>();

  constructor({ readTable, sleep }: ConformanceOptions, { destination, dataset }: DestinationUnderTest) {
    this.#readTable = readTable;
    this.sleep = sleep ?? wait;
    this.destination = destination;
    this.dataset = dataset;
  }

  /** A session that ends with the check at the latest. */
  async open(purpose: "read" | "load" = "load"): Promise<DestinationSession> {
    const session = await this.destination.open({ dataset: this.dataset, purpose, signal: this.signal });
    this.#open.add(session);
    return session;
  }

  async close(session: DestinationSession): Promise<void> {
    if (!this.#open.delete(session)) return;
    await session[Symbol.asyncDispose]();
  }

  async withSession<T>(purpose: "read" | "load", work: (session: DestinationSession) => Promise<T>): Promise<T> {
    const session = await this.open(purpose);
    try {
      return await work(session);
    } finally {
      await this.close(session);
    }
  }

  /** A whole load, from lease to commit, in two sessions, as core makes it. */
  async load(load: TrialLoad): Promise<CommitResult> {
    await using attempt = await this.begin(load);
    await attempt.stage();
    return await attempt.commit();
  }

  /** A load that a check takes through its steps: lease taken, tables prepared, nothing staged. */
  async begin(load: TrialLoad, lease?: Lease): Promise<TrialAttempt> {
    const held = lease ?? (await this.lease(load.pipeline));
    const session = await this.open();
    const attempt = new TrialAttempt(this, session, load, held);
    await attempt.prepare();
    return attempt;
  }

  /** The lease of the pipeline; claimed once, as one run does. */
  async lease(pipeline = trialPipeline): Promise<Lease> {
    const known = this.#leases.get(pipeline);
    if (known !== undefined) return known;
    const lease = await this.claim({ pipeline, token: `token of ${pipeline}` });
    this.#leases.set(pipeline, lease);
    return lease;
  }

  claim(claim: Partial<LeaseClaim> & { readonly token: string }): Promise<Lease> {
    const complete = { pipeline: trialPipeline, holder: `holder of ${claim.token}`, ttlSeconds: 600, takeOver: false };
    return this.withSession("load", (session) => session.claim({ ...complete, ...claim }, this.signal));
  }

  read(request: Partial<ReadRequest> = {}): Promise<StoredDataset> {
    const complete = { pipeline: trialPipeline, schemaName: trialSchema, loadIds: [], resources: [] };
    return this.withSession("read", (session) => session.read({ ...complete, ...request }, this.signal));
  }

  /** Rows of a table in canonical form, sorted. They must have exactly the typed columns of `table`. */
  rows(table: Table, session?: DestinationSession): Promise<readonly CanonicalRow[]> {
    if (session === undefined) return this.withSession("read", (opened) => this.rows(table, opened));
    return this.#readTable({ session, dataset: this.dataset, table: table.name }).then((rows) => {
      const columns = table.columns.filter(({ dataType }) => dataType !== undefined);
      const canonical = rows.map((row) => {
        deepStrictEqual(Object.keys(row).sort(), columns.map(({ name }) => name).sort(), `columns of ${table.name}`);
        return Object.fromEntries(columns.map((column) => [column.name, canonicalCell(row[column.name], column)]));
      });
      return sorted(canonical);
    });
  }

  /** Fails with the difference when the table holds other rows than these. */
  async expectRows(table: Table, expected: readonly CanonicalRow[], session?: DestinationSession): Promise<void> {
    expectSame(`rows of ${table.name}`, await this.rows(table, session), sorted(expected));
  }

  /** The schema after the load, as core would hand it over: what was there, and the load's tables. */
  store({ chains, schemaName = trialSchema }: TrialLoad): ReturnType<typeof storeSchema> {
    const before = this.#schemas.get(schemaName) ?? { name: schemaName, version: 0, tables: {} };
    const tables = chains.flatMap((chain) =>
      chain.tables.map((table, index): [string, Table] => [
        table.name,
        { ...table, seenData: true, ...(index === 0 ? { writeDisposition: chain.writeDisposition } : {}) },
      ]),
    );
    const stored = storeSchema({
      ...before,
      tables: Object.fromEntries([...Object.entries(before.tables), ...tables]),
    });
    this.#schemas.set(schemaName, stored.schema);
    return stored;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const session of this.#open) await this.close(session);
  }
}

function sorted(rows: readonly CanonicalRow[]): readonly CanonicalRow[] {
  const byText = rows.map((row) => {
    const cells = Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1));
    return { row: Object.fromEntries(cells), text: JSON.stringify(cells) };
  });
  return byText.sort((a, b) => (a.text < b.text ? -1 : 1)).map(({ row }) => row);
}
