import type { Column, TableChain } from "@typeload/core";
import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, joinSql, sql, verbatim } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";
import { ordinalColumn } from "./staging.ts";

const ordinal = identifier(ordinalColumn);

/** What decides between the staged rows of one key. */
export interface WinnerRule {
  readonly dialect: SqlDialect;
  /** Select of the staged root rows. */
  readonly staged: Sql;
  readonly columns: readonly Column[];
  /** Columns that identify a root row. */
  readonly key: readonly string[];
  readonly dedupSort: TableChain["dedupSort"];
}

/** Ordinals of the rows that win: of each key the one that `dedupSort` puts first, of equal ones, or without it, the greatest ordinal. */
export function winningOrdinals({ dialect, staged, columns, key, dedupSort }: WinnerRule): Sql {
  const keys = joinSql(
    key.map((name) => identifier(name)),
    ", ",
  );
  if (dedupSort === undefined) return sql`SELECT MAX(w.${ordinal}) FROM (${staged}) AS w GROUP BY ${keys}`;
  const column = columns.find(({ name }) => name === dedupSort.column);
  const cell = identifier(dedupSort.column);
  // Collations of databases differ, winners must not.
  const value = column?.dataType === "text" ? (dialect.byCodePoint?.(cell) ?? cell) : cell;
  // Null counts as the greatest.
  const order = verbatim(dedupSort.order === "desc" ? "DESC NULLS FIRST" : "ASC NULLS LAST");
  return sql`SELECT w.${ordinal} FROM (SELECT ${ordinal}, ROW_NUMBER() OVER (PARTITION BY ${keys} ORDER BY ${value} ${order}, ${ordinal} DESC) AS place FROM (${staged}) AS v) AS w WHERE w.place = 1`;
}

/** Does a staged row (`s`) say that its key is to be deleted? Never null. */
export function saysDeleted(hardDelete: string, columns: readonly Column[]): Sql {
  const cell = sql`s.${identifier(hardDelete)}`;
  const isBool = columns.find(({ name }) => name === hardDelete)?.dataType === "bool";
  return isBool ? sql`COALESCE(${cell}, FALSE)` : sql`${cell} IS NOT NULL`;
}

/** Do the rows `s` and `t` have the same key? */
export function sameKey(key: readonly string[]): Sql {
  return joinSql(
    key.map((name) => sql`s.${identifier(name)} = t.${identifier(name)}`),
    " AND ",
  );
}
