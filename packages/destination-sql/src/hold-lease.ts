import { LeaseHeldError } from "@typeload/core";
import type { Lease, LeaseClaim } from "@typeload/core";
import { introspectTables } from "./introspect-tables.ts";
import type { SqlConnection } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";
import { deleteLease, insertLease, otherRuns, readLease } from "./statements/lease.ts";
import { dropStaging, stagingMark, stagingSchema } from "./statements/staging.ts";

/** Takes the lease inside a transaction that holds the dataset lock, where the engine needs one. */
export async function claimLease(
  connection: SqlConnection,
  dialect: SqlDialect,
  dataset: string,
  claim: LeaseClaim,
  signal: AbortSignal,
): Promise<Lease> {
  const text = (statement: Sql): ReturnType<typeof renderSql> => renderSql(statement, dialect);
  const [held] = await connection.query(text(readLease(dataset, claim.pipeline, dialect)), signal);
  const holder = String(held?.["holder"]);
  const mayTake = claim.takeOver || held?.["token"] === claim.token || claim.takeOverFrom?.includes(holder) === true;
  if (held !== undefined && held["running"] === true && !mayTake) {
    const expiresAt = String(held["expires_at"]);
    throw new LeaseHeldError(
      `${dataset}: pipeline "${claim.pipeline}" is being run by ${holder}, whose lease lasts until ${expiresAt}. ` +
        `Wait for it, or run with takeOver if that run is dead.`,
      { holder, expiresAt },
    );
  }
  await connection.execute(text(deleteLease(dataset, claim.pipeline)), signal);
  await connection.execute(text(insertLease(dataset, claim, dialect)), signal);
  // The same run again may have staged already.
  if (held?.["token"] !== claim.token) await dropOrphans(connection, dialect, dataset, claim.pipeline, signal);
  return { pipeline: claim.pipeline, token: claim.token, ttlSeconds: claim.ttlSeconds };
}

/**
 * Staging tables that outlive their session are left behind by a run that was killed. Once no other pipeline of the dataset is running,
 * whatever is staged belongs to nobody: a run that was taken over can commit nothing, and one that resumes stages again.
 */
async function dropOrphans(
  connection: SqlConnection,
  dialect: SqlDialect,
  dataset: string,
  pipeline: string,
  signal: AbortSignal,
): Promise<void> {
  const schema = stagingSchema(dataset, dialect);
  if (schema === undefined) return;
  const [others] = await connection.query(renderSql(otherRuns(dataset, pipeline, dialect), dialect), signal);
  if (Number(others?.["running"]) > 0) return;
  const staged = await introspectTables(connection, dialect, schema, signal);
  for (const name of staged.keys()) {
    if (!name.startsWith(stagingMark)) continue;
    await connection.execute(renderSql(dropStaging({ schema, name }), dialect), signal);
  }
}
