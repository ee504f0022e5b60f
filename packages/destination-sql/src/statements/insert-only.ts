import { identifier, sql } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";
import { ordinalColumn } from "./staging.ts";
import { type WinnerRule, sameKey, saysDeleted, winningOrdinals } from "./winners.ts";

// roots   one row a winning root record: ordinal, existed (its key is stored), known (under the same id, so its children hang there too)
//
// Records that say they are deleted are not among them: they add nothing.

const ordinal = identifier(ordinalColumn);
const rowId = identifier("_dlt_id");

/** Winners, and whether the target has their key. */
export function createRoots(roots: Sql, target: Sql, rule: WinnerRule, hardDelete: string | undefined): Sql {
  const stored = sql`SELECT 1 FROM ${target} AS t WHERE ${sameKey(rule.key)}`;
  const alive = hardDelete === undefined ? sql`` : sql` AND NOT (${saysDeleted(hardDelete, rule.columns)})`;
  return sql`CREATE TEMP TABLE ${roots} AS SELECT s.${ordinal} AS ordinal, EXISTS (${stored}) AS existed, EXISTS (${stored} AND t.${rowId} = s.${rowId}) AS known FROM (${rule.staged}) AS s WHERE s.${ordinal} IN (${winningOrdinals(rule)})${alive}`;
}

export function countRoots(roots: Sql): Sql {
  return sql`SELECT COUNT(CASE WHEN NOT existed THEN 1 END) AS inserted, 0 AS updated, COUNT(CASE WHEN existed THEN 1 END) AS unchanged, 0 AS deleted FROM ${roots}`;
}

/** Which staged root rows are written: those of new keys. */
export function newRoots(roots: Sql): Sql {
  return sql`staged.${ordinal} IN (SELECT ordinal FROM ${roots} WHERE NOT existed)`;
}

/** Staged child rows whose root is stored, or will be, under the id that they carry. A root of another writer has another one. */
export function rowsOfRoots(roots: Sql): Sql {
  return sql`staged.${ordinal} IN (SELECT ordinal FROM ${roots} WHERE known OR NOT existed)`;
}

/** The staged row stands in the target already, by its id. */
export function isStored(target: Sql): Sql {
  return sql`EXISTS (SELECT 1 FROM ${target} AS t WHERE t.${rowId} = staged.${rowId})`;
}

/** Counts what an insert of rows that are not stored leaves alone. Before that insert. */
export function countStored(target: Sql, staged: Sql, of: Sql): Sql {
  return sql`SELECT 0 AS inserted, 0 AS updated, COUNT(*) AS unchanged, 0 AS deleted FROM (${staged}) AS staged WHERE ${of} AND ${isStored(target)}`;
}
