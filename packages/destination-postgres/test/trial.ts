import { emptySchema, storeSchema } from "@typeload/core";
import type { CommitResult, Destination, DestinationSession, Lease, LoadCommit, Schema, Table } from "@typeload/core";
import { typedBatch } from "@typeload/core/testing";
import type { CellInput } from "@typeload/core/testing";

export const signal = new AbortController().signal;
export type Row = Readonly<Record<string, CellInput>>;

export function open(
  destination: Destination,
  purpose: "read" | "load" = "load",
  dataset = "ds",
): Promise<DestinationSession> {
  return destination.open({ dataset, purpose, signal });
}

export function claim(session: DestinationSession, pipeline = "pipe", token = pipeline): Promise<Lease> {
  return session.claim({ pipeline, token, holder: `host/${token}`, ttlSeconds: 600, takeOver: false }, signal);
}

export function prepare(session: DestinationSession, table: Table): Promise<void> {
  return session.prepare({ schema: schemaOf(table), tables: [table.name] }, signal);
}

export function stage(session: DestinationSession, loadId: string, table: Table, rows: readonly Row[], part = 0) {
  return session.stage({ loadId, table, tableVersion: 1, part }, [typedBatch(table, rows)], signal);
}

/** A commit of one table, `rows` of it staged: appended, unless told otherwise. */
export function commitOf(
  lease: Lease,
  loadId: string,
  table: Table,
  rows: number,
  chain: Partial<LoadCommit["chains"][number]> = {},
): LoadCommit {
  const stored = storeSchema(schemaOf(table));
  return {
    loadId,
    runId: "run",
    pipeline: lease.pipeline,
    lease,
    schema: stored.schema,
    storedSchema: stored.text,
    chains: [
      {
        resource: table.name,
        writeDisposition: { kind: "append" },
        unchanged: "rewrite",
        primaryKey: [],
        mergeKey: [],
        tables: [{ table, versions: [{ tableVersion: 1, table, rows }] }],
        ...chain,
      },
    ],
    partitions: [],
    completeness: [],
    committedAt: "2026-01-02T03:04:05.000006Z",
  };
}

/** claim, prepare, stage, commit. */
export async function load(
  session: DestinationSession,
  loadId: string,
  table: Table,
  rows: readonly Row[],
  chain?: Partial<LoadCommit["chains"][number]>,
): Promise<CommitResult> {
  const lease = await claim(session);
  await prepare(session, table);
  await stage(session, loadId, table, rows);
  return session.commit(commitOf(lease, loadId, table, rows.length, chain), signal);
}

export const merge = {
  writeDisposition: { kind: "merge", strategy: "delete-insert" },
  primaryKey: ["id"],
} as const;

function schemaOf(table: Table): Schema {
  return { ...emptySchema("shop"), tables: { [table.name]: table } };
}

const text = { dataType: "text" } as const;
/** Contacts with an address. */
export const contacts: Table = {
  name: "contacts",
  resource: "contacts",
  columns: [
    { name: "id", dataType: "bigint", nullable: false, primaryKey: true },
    { name: "email", ...text },
    { name: "_dlt_load_id", ...text, nullable: false },
    { name: "_dlt_id", ...text, nullable: false, unique: true, rowKey: true },
  ],
};

export function contact(loadId: string, id: number, email: string): Row {
  return { id, email, _dlt_load_id: loadId, _dlt_id: `c${id}` };
}

/** What a promise rejects with. */
export async function failureOf(work: Promise<unknown>): Promise<Error & { code?: unknown; retryable?: unknown }> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error("it did not fail", { cause: error });
  return error;
}
