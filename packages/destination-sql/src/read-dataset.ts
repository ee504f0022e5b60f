import { parseStoredSchema } from "@typeload/core";
import type { JsonValue, PartitionRecord, QueryRow, ReadRequest, RowsVerdict, StoredDataset } from "@typeload/core";
import { introspectTables } from "./introspect-tables.ts";
import type { SqlConnection } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";
import { chunks } from "./statements/insert-values.ts";
import { finishedLoads, greatestLoad, newestSchema, newestState, storedPartitions } from "./statements/read-dataset.ts";

/** What is stored in a dataset, of dlt's making or ours; tables that are not there hold nothing. */
export async function readDataset(
  connection: SqlConnection,
  dialect: SqlDialect,
  dataset: string,
  request: ReadRequest,
  signal: AbortSignal,
): Promise<StoredDataset> {
  const tables = await introspectTables(connection, dialect, dataset, signal);
  /** Runs each query, unless a table it reads is missing. */
  const rows = async (needs: readonly string[], statements: readonly Sql[]): Promise<readonly QueryRow[]> => {
    if (!needs.every((table) => tables.has(table))) return [];
    const found: QueryRow[] = [];
    for (const statement of statements) {
      for (const row of await connection.query(renderSql(statement, dialect), signal)) found.push(row);
    }
    return found;
  };
  const [schema] = await rows(["_dlt_version"], [newestSchema(dataset, request.schemaName)]);
  const [state] = await rows(["_dlt_pipeline_state", "_dlt_loads"], [newestState(dataset, request.pipeline, dialect)]);
  const finished = await rows(
    ["_dlt_loads"],
    chunks(request.loadIds, dialect.maxParameters).map((ids) => finishedLoads(dataset, ids)),
  );
  const [greatest] = await rows(["_dlt_loads"], [greatestLoad(dataset, dialect)]);
  const partitions = await rows(
    ["_typeload_partitions"],
    chunks(request.resources, dialect.maxParameters - 1).map((names) =>
      storedPartitions(dataset, request.schemaName, names),
    ),
  );
  return {
    exists: tables.size > 0,
    schema: schema === undefined ? undefined : parseStoredSchema(String(schema["stored"])),
    state:
      state === undefined
        ? undefined
        : { text: String(state["state"]), versionHash: optionalText(state["version_hash"]) },
    finishedLoads: new Set(finished.map((row) => String(row["load_id"]))),
    greatestLoadId: greatest === undefined ? undefined : String(greatest["load_id"]),
    partitions: partitions.map(partitionRecord),
  };
}

function partitionRecord(row: QueryRow): PartitionRecord {
  const data = optionalText(row["data"]);
  return {
    resource: String(row["resource"]),
    partition: {
      id: String(row["partition_id"]),
      kind: String(row["kind"]),
      fingerprint: optionalText(row["fingerprint"]),
      // Written by `storePartitions`, from a JsonValue.
      data: data === undefined ? undefined : (JSON.parse(data) as JsonValue),
    },
    verdict: {
      // Written from a RowsVerdict.
      rows: String(row["verdict"]) as RowsVerdict,
      expected: optionalNumber(row["expected"]),
      read: optionalNumber(row["read"]),
      note: optionalText(row["note"]),
    },
    runId: String(row["run_id"]),
    loadId: String(row["load_id"]),
  };
}

function optionalText(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : (value as string); // a column of text
}

function optionalNumber(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}
