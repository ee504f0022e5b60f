import type { Lease, LeaseClaim } from "../destination/destination.ts";
import { LeaseHeldError } from "../destination/destination-error.ts";
import type { LoadCommit } from "../destination/load-commit.ts";
import type { JsonValue } from "../source/json-value.ts";
import { type CellRow, type CellValue, emptyRow } from "./cell-value.ts";
import { timestampOfMicroseconds, microsecondsOfTimestamp } from "./iso-time.ts";
import { type MemoryDataset, rowsOf, withRows } from "./memory-dataset.ts";

/** Takes the lease: its row names the run that may commit. Times in milliseconds since 1970. */
export function claimLease(dataset: MemoryDataset, claim: LeaseClaim, now: number): MemoryDataset {
  const held = rowsOf(dataset, "_typeload_lease").find((row) => row["pipeline_name"] === claim.pipeline);
  if (held !== undefined && held["token"] !== claim.token && !claim.takeOver) {
    const expiresAt = String(held["expires_at"]);
    const holder = String(held["holder"]);
    const dead = claim.takeOverFrom?.includes(holder) === true;
    if (!dead && microsecondsOfTimestamp(expiresAt) > BigInt(Math.floor(now * 1000))) {
      throw new LeaseHeldError(
        `Pipeline ${claim.pipeline} is being run by ${holder}, whose lease ends ${expiresAt}: wait for it, or run with takeOver.`,
        { holder, expiresAt },
      );
    }
  }
  const row = rowFrom({
    pipeline_name: claim.pipeline,
    token: claim.token,
    holder: claim.holder,
    claimed_at: instant(now),
    expires_at: instant(now + claim.ttlSeconds * 1000),
  });
  return upsert(dataset, "_typeload_lease", ["pipeline_name"], [row]);
}

export function releaseLease(dataset: MemoryDataset, lease: Lease): MemoryDataset {
  const left = rowsOf(dataset, "_typeload_lease").filter((row) => !belongsTo(row, lease));
  return dataset.has("_typeload_lease") ? withRows(dataset, "_typeload_lease", left) : dataset;
}

export function holdsLease(dataset: MemoryDataset, lease: Lease): boolean {
  return rowsOf(dataset, "_typeload_lease").some((row) => belongsTo(row, lease));
}

export function isLoaded(dataset: MemoryDataset, loadId: string): boolean {
  return rowsOf(dataset, "_dlt_loads").some((row) => row["load_id"] === loadId);
}

/** Steps 6 and 7 of a commit: schema, state, partitions, verdicts, the lease's new end, and the row that says all of it is there. */
export function recordLoad(before: MemoryDataset, commit: LoadCommit, now: number): MemoryDataset {
  const { schema, loadId } = commit;
  const committedAt = exactInstant(commit.committedAt);
  const versionHash = schema.versionHash ?? "";
  let dataset = before;
  const insert = (table: string, cells: Readonly<Record<string, CellValue>>): void => {
    dataset = withRows(dataset, table, [...rowsOf(dataset, table), rowFrom(cells)]);
  };

  if (!rowsOf(dataset, "_dlt_version").some((row) => row["version_hash"] === versionHash)) {
    insert("_dlt_version", {
      version: BigInt(schema.version),
      engine_version: engineVersionOf(commit.storedSchema),
      inserted_at: committedAt,
      schema_name: schema.name,
      version_hash: versionHash,
      schema: commit.storedSchema,
    });
  }
  if (commit.state !== undefined) {
    insert("_dlt_pipeline_state", {
      version: BigInt(commit.state.version),
      engine_version: BigInt(commit.state.engineVersion),
      pipeline_name: commit.pipeline,
      state: commit.state.state,
      created_at: exactInstant(commit.state.createdAt),
      version_hash: commit.state.versionHash,
      _dlt_load_id: loadId,
      _dlt_id: commit.state.dltId,
    });
  }
  const partitions = commit.partitions.map(({ resource, partition, verdict, runId, loadId }) =>
    rowFrom({
      schema_name: schema.name,
      resource,
      partition_id: partition.id,
      kind: partition.kind,
      fingerprint: partition.fingerprint ?? null,
      data: partition.data === undefined ? null : JSON.stringify(partition.data),
      verdict: verdict.rows,
      expected: integer(verdict.expected),
      read: integer(verdict.read),
      note: verdict.note ?? null,
      run_id: runId,
      load_id: loadId,
    }),
  );
  dataset = upsert(dataset, "_typeload_partitions", ["schema_name", "resource", "partition_id"], partitions);
  for (const { resource, rows, expected, read, freshness, note } of commit.completeness) {
    insert("_typeload_completeness", {
      load_id: loadId,
      schema_name: schema.name,
      resource,
      rows,
      expected: integer(expected),
      read: integer(read),
      freshness: freshness ?? null,
      note: note ?? null,
      run_id: commit.runId,
      checked_at: committedAt,
    });
  }
  dataset = renewLease(dataset, commit.lease, now);
  insert("_dlt_loads", {
    load_id: loadId,
    schema_name: schema.name,
    status: 0n,
    inserted_at: committedAt,
    schema_version_hash: versionHash,
  });
  return dataset;
}

/** The dataset with the lease lasting from now on; `undefined`: another run has it, or nobody. */
export function renewedLease(dataset: MemoryDataset, lease: Lease, now: number): MemoryDataset | undefined {
  return holdsLease(dataset, lease) ? renewLease(dataset, lease, now) : undefined;
}

function renewLease(dataset: MemoryDataset, lease: Lease, now: number): MemoryDataset {
  const expiresAt = instant(now + lease.ttlSeconds * 1000);
  const rows = rowsOf(dataset, "_typeload_lease").map((row) =>
    belongsTo(row, lease) ? rowFrom({ ...row, expires_at: expiresAt }) : row,
  );
  return withRows(dataset, "_typeload_lease", rows);
}

function belongsTo(row: CellRow, lease: Lease): boolean {
  return row["pipeline_name"] === lease.pipeline && row["token"] === lease.token;
}

/** Rows of the same key are replaced. */
function upsert(
  dataset: MemoryDataset,
  table: string,
  key: readonly string[],
  rows: readonly CellRow[],
): MemoryDataset {
  const keyOf = (row: CellRow): string => JSON.stringify(key.map((column) => row[column]));
  const byKey = new Map([...rowsOf(dataset, table), ...rows].map((row) => [keyOf(row), row]));
  return withRows(dataset, table, [...byKey.values()]);
}

function rowFrom(cells: Readonly<Record<string, CellValue>>): CellRow {
  return Object.assign(emptyRow(), cells);
}

function instant(milliseconds: number): string {
  return `${timestampOfMicroseconds(BigInt(Math.floor(milliseconds * 1000)))}Z`;
}

function exactInstant(text: string): string {
  return `${timestampOfMicroseconds(microsecondsOfTimestamp(text))}Z`;
}

function integer(value: number | undefined): bigint | null {
  return value === undefined ? null : BigInt(value);
}

function engineVersionOf(storedSchema: string): bigint {
  // What is asked for is a member that may be missing; nothing else is read.
  const stored = JSON.parse(storedSchema) as { readonly engine_version?: JsonValue };
  return typeof stored.engine_version === "number" ? BigInt(stored.engine_version) : 0n;
}
