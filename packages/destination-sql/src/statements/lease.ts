import type { Lease, LeaseClaim } from "@typeload/core";
import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, parameter, sql } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";

function leaseTable(dataset: string): Sql {
  return identifier(dataset, "_typeload_lease");
}

/** The lease of a pipeline, and whether it is still running by the engine's clock. */
export function readLease(dataset: string, pipeline: string, dialect: SqlDialect): Sql {
  return sql`SELECT token, holder, expires_at, expires_at > ${dialect.now} AS running FROM ${leaseTable(dataset)} WHERE pipeline_name = ${parameter(pipeline)}`;
}

/** How many other pipelines of the dataset are being run. */
export function otherRuns(dataset: string, pipeline: string, dialect: SqlDialect): Sql {
  return sql`SELECT COUNT(*) AS running FROM ${leaseTable(dataset)} WHERE pipeline_name <> ${parameter(pipeline)} AND expires_at > ${dialect.now}`;
}

export function deleteLease(dataset: string, pipeline: string): Sql {
  return sql`DELETE FROM ${leaseTable(dataset)} WHERE pipeline_name = ${parameter(pipeline)}`;
}

export function insertLease(dataset: string, claim: LeaseClaim, dialect: SqlDialect): Sql {
  return sql`INSERT INTO ${leaseTable(dataset)} (pipeline_name, token, holder, claimed_at, expires_at) VALUES (${parameter(claim.pipeline)}, ${parameter(claim.token)}, ${parameter(claim.holder)}, ${dialect.now}, ${dialect.secondsFromNow(claim.ttlSeconds)})`;
}

/** The fence of a commit: must change exactly one row. It also makes the lease last from now on. */
export function extendLease(dataset: string, lease: Lease, dialect: SqlDialect): Sql {
  return sql`UPDATE ${leaseTable(dataset)} SET expires_at = ${dialect.secondsFromNow(lease.ttlSeconds)} WHERE pipeline_name = ${parameter(lease.pipeline)} AND token = ${parameter(lease.token)}`;
}

export function releaseLease(dataset: string, lease: Lease): Sql {
  return sql`DELETE FROM ${leaseTable(dataset)} WHERE pipeline_name = ${parameter(lease.pipeline)} AND token = ${parameter(lease.token)}`;
}
