import { completenessTable, loadsTable, partitionsTable, stateTable, versionTable } from "@typeload/core";
import type { CompletenessRecord, LoadCommit, PartitionRecord } from "@typeload/core";
import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, joinSql, parameter, sql } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";
import { chunks, insertUnless, insertValues } from "./insert-values.ts";

/** Gives a row when this load was committed before. */
export function finishedLoad(dataset: string, loadId: string): Sql {
  return sql`SELECT load_id FROM ${identifier(dataset, loadsTable.name)} WHERE load_id = ${parameter(loadId)} AND status = 0`;
}

/** The schema, unless the same one (by hash) is stored already. */
export function storeSchema(dataset: string, commit: LoadCommit, dialect: SqlDialect): Sql {
  const { schema } = commit;
  const hash = schema.versionHash ?? "";
  const stored = sql`SELECT 1 FROM ${identifier(dataset, versionTable.name)} WHERE version_hash = ${parameter(hash)} AND schema_name = ${parameter(schema.name)}`;
  const row = {
    version: schema.version,
    engine_version: engineVersion(commit.storedSchema),
    inserted_at: commit.committedAt,
    schema_name: schema.name,
    version_hash: hash,
    schema: commit.storedSchema,
  };
  return insertUnless(dataset, versionTable, row, stored, dialect);
}

/** The engine version that the stored text names: the column repeats it, as dlt does. */
function engineVersion(storedSchema: string): number {
  const stored: unknown = JSON.parse(storedSchema);
  const version =
    typeof stored === "object" && stored !== null && "engine_version" in stored ? stored.engine_version : undefined;
  return typeof version === "number" ? version : 11;
}

export function storeState(dataset: string, commit: LoadCommit, dialect: SqlDialect): readonly Sql[] {
  const { state } = commit;
  if (state === undefined) return [];
  const row = {
    version: state.version,
    engine_version: state.engineVersion,
    pipeline_name: commit.pipeline,
    state: state.state,
    created_at: state.createdAt,
    version_hash: state.versionHash,
    _dlt_load_id: commit.loadId,
    _dlt_id: state.dltId,
  };
  return insertValues(dataset, stateTable, [row], dialect);
}

/** Upsert by (schema, resource, partition): delete, then insert. Of one partition given twice the last counts. */
export function storePartitions(
  dataset: string,
  schemaName: string,
  given: readonly PartitionRecord[],
  dialect: SqlDialect,
): readonly Sql[] {
  const byKey = new Map(given.map((record) => [JSON.stringify([record.resource, record.partition.id]), record]));
  const records = [...byKey.values()];
  const table = identifier(dataset, partitionsTable.name);
  const deletes = [...Map.groupBy(records, (record) => record.resource)].flatMap(([resource, group]) =>
    chunks(group, dialect.maxParameters - 2).map((chunk) => {
      const ids = joinSql(
        chunk.map((record) => parameter(record.partition.id)),
        ", ",
      );
      return sql`DELETE FROM ${table} WHERE schema_name = ${parameter(schemaName)} AND resource = ${parameter(resource)} AND partition_id IN (${ids})`;
    }),
  );
  const rows = records.map(({ resource, partition, verdict, runId, loadId }) => ({
    schema_name: schemaName,
    resource,
    partition_id: partition.id,
    kind: partition.kind,
    fingerprint: partition.fingerprint,
    data: partition.data === undefined ? undefined : JSON.stringify(partition.data),
    verdict: verdict.rows,
    expected: verdict.expected,
    read: verdict.read,
    note: verdict.note,
    run_id: runId,
    load_id: loadId,
  }));
  return [...deletes, ...insertValues(dataset, partitionsTable, rows, dialect)];
}

export function storeCompleteness(dataset: string, commit: LoadCommit, dialect: SqlDialect): readonly Sql[] {
  const rows = commit.completeness.map((record: CompletenessRecord) => ({
    load_id: commit.loadId,
    schema_name: commit.schema.name,
    resource: record.resource,
    rows: record.rows,
    expected: record.expected,
    read: record.read,
    freshness: record.freshness,
    note: record.note,
    run_id: commit.runId,
    checked_at: commit.committedAt,
  }));
  return insertValues(dataset, completenessTable, rows, dialect);
}

/** The row that says that the load is done: the last thing a commit writes. */
export function storeLoad(dataset: string, commit: LoadCommit, dialect: SqlDialect): readonly Sql[] {
  const row = {
    load_id: commit.loadId,
    schema_name: commit.schema.name,
    status: 0,
    inserted_at: commit.committedAt,
    schema_version_hash: commit.schema.versionHash,
  };
  return insertValues(dataset, loadsTable, [row], dialect);
}
