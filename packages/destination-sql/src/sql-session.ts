import { DestinationError, LeaseLostError, leaseTable, systemTables } from "@typeload/core";
import type {
  CommitResult,
  DestinationSession,
  Lease,
  LeaseClaim,
  LoadCommit,
  OpenContext,
  PrepareRequest,
  QueryRow,
  ReadRequest,
  RowBatch,
  StagePart,
  StagedPart,
  StoredDataset,
  Table,
} from "@typeload/core";
import { commitLoad } from "./commit-load.ts";
import type { SqlDestinationOptions } from "./create-sql-destination.ts";
import { claimLease } from "./hold-lease.ts";
import { introspectTables } from "./introspect-tables.ts";
import { descendants } from "./plan-chain.ts";
import { planPrepare } from "./plan-prepare.ts";
import { readDataset } from "./read-dataset.ts";
import type { SqlConnection } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";
import { stagePart } from "./stage-part.ts";
import { StagedSoFar } from "./staged-so-far.ts";
import { extendLease, releaseLease } from "./statements/lease.ts";
import { widenColumn } from "./widen-column.ts";
import { createSchema, dropSchema, listSchemas } from "./statements/create-table.ts";
import { dropStaging, stagingPrefix, stagingSchema } from "./statements/staging.ts";

/** A session on one dataset over one connection. Each method is one transaction, or one statement. */
export class SqlSession implements DestinationSession {
  readonly #options: SqlDestinationOptions;
  readonly #dialect: SqlDialect;
  readonly #dataset: string;
  readonly #purpose: OpenContext["purpose"];
  readonly #connection: SqlConnection;
  readonly #soFar: StagedSoFar;

  constructor(options: SqlDestinationOptions, context: OpenContext, connection: SqlConnection) {
    this.#options = options;
    this.#dialect = options.dialect;
    this.#dataset = context.dataset;
    this.#purpose = context.purpose;
    this.#connection = connection;
    this.#soFar = new StagedSoFar(options.dialect, stagingSchema(context.dataset, options.dialect));
  }

  read(request: ReadRequest, signal: AbortSignal): Promise<StoredDataset> {
    return readDataset(this.#connection, this.#dialect, this.#dataset, request, signal);
  }

  async claim(claim: LeaseClaim, signal: AbortSignal): Promise<Lease> {
    this.#forWriting("claim");
    return this.#connection.transaction(async (transaction) => {
      await this.#lockDataset(transaction, signal);
      await this.#createSchemas(transaction, signal);
      await this.#prepareTables(transaction, systemTables, signal);
      this.#soFar.forget(); // what a dead run left is dropped
      return claimLease(transaction, this.#dialect, this.#dataset, claim, signal);
    }, signal);
  }

  async renew(lease: Lease, signal: AbortSignal): Promise<void> {
    this.#forWriting("renew");
    const tables = await introspectTables(this.#connection, this.#dialect, this.#dataset, signal);
    const extend = renderSql(extendLease(this.#dataset, lease, this.#dialect), this.#dialect);
    if (tables.has(leaseTable.name) && (await this.#connection.execute(extend, signal)) === 1) return;
    throw new LeaseLostError(
      `${this.#dataset}: the lease of pipeline "${lease.pipeline}" is not this run's any more. Let the run that took it over end, then run again.`,
    );
  }

  async release(lease: Lease, signal: AbortSignal): Promise<void> {
    this.#forWriting("release");
    const tables = await introspectTables(this.#connection, this.#dialect, this.#dataset, signal);
    if (tables.has(leaseTable.name)) await this.#run(this.#connection, releaseLease(this.#dataset, lease), signal);
  }

  async prepare(request: PrepareRequest, signal: AbortSignal): Promise<void> {
    this.#forWriting("prepare");
    await this.#connection.transaction(async (transaction) => {
      await this.#lockDataset(transaction, signal);
      await this.#createSchemas(transaction, signal);
      const existing = await introspectTables(transaction, this.#dialect, this.#dataset, signal);
      const named = request.tables.flatMap((name) => request.schema.tables[name] ?? []);
      // Child tables that are there but get no rows in this load still lose rows of rewritten roots, and need `_dlt_root_id` for it.
      const below = named
        .flatMap((table) => descendants(request.schema, table.name))
        .filter((table) => existing.has(table.name));
      const wanted = new Map([...named, ...below].map((table) => [table.name, table]));
      await this.#prepareTables(transaction, [...wanted.values()], signal);
    }, signal);
  }

  async stage(
    part: StagePart,
    batches: AsyncIterable<RowBatch> | Iterable<RowBatch>,
    signal: AbortSignal,
  ): Promise<StagedPart> {
    this.#forWriting("stage");
    return stagePart(this.#connection, this.#dialect, this.#dataset, this.#soFar, part, batches, signal);
  }

  async commit(commit: LoadCommit, signal: AbortSignal): Promise<CommitResult> {
    this.#forWriting("commit");
    this.#soFar.forget();
    return commitLoad(this.#connection, this.#dialect, this.#dataset, commit, signal);
  }

  async discard(loadId: string, signal: AbortSignal): Promise<void> {
    this.#forWriting("discard");
    this.#soFar.forget();
    const schema = stagingSchema(this.#dataset, this.#dialect);
    const staged = await introspectTables(this.#connection, this.#dialect, schema, signal);
    for (const name of staged.keys()) {
      if (name.startsWith(stagingPrefix(loadId)))
        await this.#run(this.#connection, dropStaging({ schema, name }), signal);
    }
  }

  async drop(signal: AbortSignal): Promise<void> {
    this.#forWriting("drop");
    this.#soFar.forget();
    const staging = stagingSchema(this.#dataset, this.#dialect);
    await this.#run(this.#connection, dropSchema(this.#dataset), signal);
    if (staging !== undefined) await this.#run(this.#connection, dropSchema(staging), signal);
  }

  query(statement: string, signal: AbortSignal = new AbortController().signal): Promise<readonly QueryRow[]> {
    return this.#connection.query({ text: statement, parameters: [] }, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#connection.close();
  }

  /**
   * Only those that are missing: a role may have every right on a schema that is there, and none to make one. Under the lock: two that
   * create one schema at once are refused, `IF NOT EXISTS` or not.
   */
  async #createSchemas(connection: SqlConnection, signal: AbortSignal): Promise<void> {
    const staging = stagingSchema(this.#dataset, this.#dialect);
    const wanted = staging === undefined ? [this.#dataset] : [this.#dataset, staging];
    const rows = await connection.query(renderSql(listSchemas(wanted), this.#dialect), signal);
    const there = new Set(rows.map((row) => row["schema_name"]));
    for (const name of wanted) if (!there.has(name)) await this.#run(connection, createSchema(name), signal);
  }

  async #prepareTables(connection: SqlConnection, tables: readonly Table[], signal: AbortSignal): Promise<void> {
    const existing = await introspectTables(connection, this.#dialect, this.#dataset, signal);
    const context = {
      dataset: this.#dataset,
      dialect: this.#dialect,
      capabilities: this.#options.capabilities,
      existing,
    };
    for (const step of planPrepare(tables, context)) {
      if (step.unless !== undefined && (await connection.query(step.unless, signal)).length > 0) continue;
      if (step.widening === undefined) await connection.execute(step.statement, signal);
      else await widenColumn(connection, step.statement, step.widening, signal);
    }
  }

  async #lockDataset(connection: SqlConnection, signal: AbortSignal): Promise<void> {
    if (this.#dialect.lockDataset === undefined) return;
    await connection.query(renderSql(this.#dialect.lockDataset(this.#dataset), this.#dialect), signal);
  }

  async #run(connection: SqlConnection, statement: Sql, signal: AbortSignal): Promise<void> {
    await connection.execute(renderSql(statement, this.#dialect), signal);
  }

  /** Engines would refuse it too, each in its own words, and some only half-way. */
  #forWriting(method: string): void {
    if (this.#purpose === "load") return;
    throw new DestinationError(
      `${method}() needs a session opened with purpose "load"; this one of ${this.#dataset} was opened with "read"`,
      { code: "read_only_session" },
    );
  }
}
