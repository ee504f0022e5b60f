import { LeaseHeldError } from "@typeload/core";
import type { Lease, LeaseClaim } from "@typeload/core";
import type { SqlConnection } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";
import { deleteLease, insertLease, readLease } from "./statements/lease.ts";

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
  if (held !== undefined && held["running"] === true && held["token"] !== claim.token && !claim.takeOver) {
    const [holder, expiresAt] = [String(held["holder"]), String(held["expires_at"])];
    throw new LeaseHeldError(
      `${dataset}: pipeline "${claim.pipeline}" is being run by ${holder}, whose lease lasts until ${expiresAt}. ` +
        `Wait for it, or run with takeOver if that run is dead.`,
      { holder, expiresAt },
    );
  }
  await connection.execute(text(deleteLease(dataset, claim.pipeline)), signal);
  await connection.execute(text(insertLease(dataset, claim, dialect)), signal);
  return { pipeline: claim.pipeline, token: claim.token, ttlSeconds: claim.ttlSeconds };
}
