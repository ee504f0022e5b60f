import { WideningRefusedError, isTypeloadError } from "@typeload/core";
import type { PrepareStep } from "./plan-prepare.ts";
import type { SqlConnection } from "./sql-connection.ts";
import type { SqlStatement } from "./sql-text.ts";

/**
 * Gives a column a wider type inside a transaction.
 *
 * @throws WideningRefusedError when a stored value would change, or when the engine refuses (a view or an index stands on the column).
 */
export async function widenColumn(
  connection: SqlConnection,
  statement: SqlStatement,
  { table, column, changed }: NonNullable<PrepareStep["widening"]>,
  signal: AbortSignal,
): Promise<void> {
  if (changed !== undefined && (await connection.query(changed, signal)).length > 0) {
    const message = `${table}.${column} stays as it is: it holds an integer beyond 2^53, which no double holds`;
    throw new WideningRefusedError(message, { table, column });
  }
  try {
    await connection.execute(statement, signal);
  } catch (error) {
    // What may go away by itself (a lock, a lost connection) is no refusal.
    if (signal.aborted || !isTypeloadError(error) || error.retryable) throw error;
    const message = `${table}.${column} stays as it is: ${error.message}`;
    throw new WideningRefusedError(message, { table, column, cause: error });
  }
}
