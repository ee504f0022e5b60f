import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, integerLiteral, joinSql, parameter, sql } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";

/** The newest stored schema of a name. */
export function newestSchema(dataset: string, schemaName: string): Sql {
  return sql`SELECT ${identifier("schema")} AS stored FROM ${identifier(dataset, "_dlt_version")} WHERE schema_name = ${parameter(schemaName)} ORDER BY inserted_at DESC, version DESC LIMIT ${integerLiteral(1)}`;
}

/** The newest state of a pipeline whose load is finished. */
export function newestState(dataset: string, pipeline: string, dialect: SqlDialect): Sql {
  return sql`SELECT s.state AS state, s.version_hash AS version_hash FROM ${identifier(dataset, "_dlt_pipeline_state")} AS s JOIN ${identifier(dataset, "_dlt_loads")} AS l ON l.load_id = s._dlt_load_id WHERE s.pipeline_name = ${parameter(pipeline)} AND l.status = 0 ORDER BY ${dialect.numberOrNull(sql`l.load_id`)} DESC NULLS LAST, s.version DESC LIMIT ${integerLiteral(1)}`;
}

/** Which of these loads are finished. */
export function finishedLoads(dataset: string, loadIds: readonly string[]): Sql {
  const ids = joinSql(
    loadIds.map((loadId) => parameter(loadId)),
    ", ",
  );
  return sql`SELECT load_id FROM ${identifier(dataset, "_dlt_loads")} WHERE status = 0 AND load_id IN (${ids})`;
}

/** The greatest load id by number, whatever became of that load. */
export function greatestLoad(dataset: string, dialect: SqlDialect): Sql {
  const number = dialect.numberOrNull(sql`load_id`);
  return sql`SELECT load_id FROM ${identifier(dataset, "_dlt_loads")} WHERE ${number} IS NOT NULL ORDER BY ${number} DESC LIMIT ${integerLiteral(1)}`;
}

export function storedPartitions(dataset: string, schemaName: string, resources: readonly string[]): Sql {
  const names = joinSql(
    resources.map((resource) => parameter(resource)),
    ", ",
  );
  return sql`SELECT resource, partition_id, kind, fingerprint, data, verdict, expected, read, note, run_id, load_id FROM ${identifier(dataset, "_typeload_partitions")} WHERE schema_name = ${parameter(schemaName)} AND resource IN (${names}) ORDER BY resource, partition_id`;
}
