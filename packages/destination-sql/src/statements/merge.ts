import type { Column } from "@typeload/core";
import { identifier, joinSql, sql } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";
import { ordinalColumn } from "./staging.ts";
import { type WinnerRule, sameKey, saysDeleted, winningOrdinals } from "./winners.ts";

// A merge works on small temporary tables of ids, so that rows themselves move once.
//
// roots   one row a winning root record and row of the target with its key: ordinal, key_1…, row_id, old_id (of the target), existed, same,
//         and, where records may say that they are deleted, gone
// group   old_id of target rows that go because their merge key came again
// child   one row a staged child row of a winner: ordinal, row_id, found (how many rows of the target have its id), strayed, same
//
// Child rows of a root are those that carry its id, whether or not the root row is stored: somebody may have deleted it and left them.
//
// `same` roots are left alone; it is never true where unchanged rows are rewritten as well. `gone` roots are removed and not written.

const ordinal = identifier(ordinalColumn);
const rowId = identifier("_dlt_id");
const rootId = identifier("_dlt_root_id");

/** What a merge of one chain reads and writes. */
export interface MergeTables extends WinnerRule {
  /** Target of the root. */
  readonly target: Sql;
  /** Column that says that a record is deleted. */
  readonly hardDelete: string | undefined;
  /** Equal trees are left alone. */
  readonly keep: boolean;
  /** Names of the temporary tables. */
  readonly roots: Sql;
  readonly group: Sql;
}

/** Winners of each key beside what the target has under the same key. */
export function createRoots(tables: MergeTables): Sql {
  const { key, staged, target, columns, hardDelete } = tables;
  const keyCells = key.map((name, index) => sql`s.${identifier(name)} AS ${identifier(`key_${index + 1}`)}`);
  const existed = sql`t.${identifier(key[0] ?? "_dlt_id")} IS NOT NULL`;
  const gone = hardDelete === undefined ? undefined : saysDeleted(hardDelete, columns);
  const equal = sameCells(existed, columns, tables);
  const same = gone === undefined || !tables.keep ? equal : sql`${equal} AND NOT (${gone})`;
  const goneCell = gone === undefined ? sql`` : sql`, ${gone} AS gone`;
  return sql`CREATE TEMP TABLE ${tables.roots} AS SELECT s.${ordinal} AS ordinal, ${joinSql(keyCells, ", ")}, s.${rowId} AS row_id, t.${rowId} AS old_id, ${existed} AS existed, ${same} AS same${goneCell} FROM (${staged}) AS s LEFT JOIN ${target} AS t ON ${sameKey(key)} WHERE s.${ordinal} IN (${winningOrdinals(tables)})`;
}

/** A key that the target holds twice (a dataset appended to before) is rewritten into one row. */
export function markDoubles(roots: Sql): Sql {
  return sql`UPDATE ${roots} SET same = FALSE WHERE same AND ordinal IN (SELECT ordinal FROM ${roots} GROUP BY ordinal HAVING COUNT(*) > 1)`;
}

/** Target rows outside of the winners' keys whose merge key came again. */
export function createGroup(tables: MergeTables, mergeKey: readonly string[]): Sql {
  return sql`CREATE TEMP TABLE ${tables.group} AS SELECT t.${rowId} AS old_id FROM ${tables.target} AS t WHERE EXISTS (SELECT 1 FROM (${tables.staged}) AS s WHERE ${sameKey(mergeKey)}) AND NOT EXISTS (SELECT 1 FROM ${tables.roots} AS r WHERE r.old_id = t.${rowId})`;
}

/**
 * Winners' staged rows of a child table beside what the target has under the same id. A row that is there twice, or hangs on another
 * root (`strayed`), is not the same.
 */
export function createChild(
  child: Sql,
  staged: Sql,
  target: Sql,
  columns: readonly Column[],
  tables: MergeTables,
): Sql {
  const existed = sql`t.${rowId} IS NOT NULL`;
  const comes = tables.hardDelete === undefined ? sql`` : sql` WHERE NOT gone`;
  const same = tables.keep
    ? sql`COUNT(*) = 1 AND MIN(CASE WHEN ${sameCells(existed, columns, tables)} THEN 1 ELSE 0 END) = 1`
    : sql`FALSE`;
  const strayed = sql`MAX(CASE WHEN ${existed} AND (t.${rootId} IS NULL OR t.${rootId} <> s.${rootId}) THEN 1 ELSE 0 END) = 1`;
  return sql`CREATE TEMP TABLE ${child} AS SELECT s.${ordinal} AS ordinal, s.${rowId} AS row_id, COUNT(t.${rowId}) AS found, ${strayed} AS strayed, ${same} AS same FROM (${staged}) AS s LEFT JOIN ${target} AS t ON t.${rowId} = s.${rowId} WHERE s.${ordinal} IN (SELECT ordinal FROM ${tables.roots}${comes}) GROUP BY s.${ordinal}, s.${rowId}`;
}

/** A root is changed when one of its child rows is new or different … */
export function markByChild(roots: Sql, child: Sql): Sql {
  return sql`UPDATE ${roots} SET same = FALSE WHERE same AND ordinal IN (SELECT ordinal FROM ${child} WHERE NOT same)`;
}

/** … or when the target has a child row of it that did not come again. */
export function markByMissing(roots: Sql, target: Sql, child: Sql | undefined): Sql {
  return sql`UPDATE ${roots} SET same = FALSE WHERE same AND old_id IN (SELECT t.${rootId} FROM ${target} AS t WHERE t.${rootId} IN (SELECT old_id FROM ${roots} WHERE same)${notCome(child)})`;
}

/** What becomes of the rows of the root table: inserted, updated (rewritten), unchanged (left alone), deleted. */
export function countRoots({ roots, hardDelete }: MergeTables, group: Sql | undefined): Sql {
  const ofGroup = group === undefined ? sql`` : sql` + (SELECT COUNT(*) FROM ${group})`;
  const comes = hardDelete === undefined ? sql`` : sql` AND NOT gone`;
  return sql`SELECT COUNT(DISTINCT CASE WHEN NOT existed${comes} THEN ordinal END) AS inserted, COUNT(DISTINCT CASE WHEN existed AND NOT same${comes} THEN ordinal END) AS updated, COUNT(DISTINCT CASE WHEN same THEN ordinal END) AS unchanged, COUNT(CASE WHEN existed THEN 1 END) - COUNT(DISTINCT CASE WHEN existed${comes} THEN ordinal END)${ofGroup} AS deleted FROM ${roots}`;
}

/**
 * The same of a child table, by row id: the rows of a rewritten root are inserted, updated or deleted (also where they were there
 * twice), those of others unchanged.
 */
export function countChildren(target: Sql, child: Sql | undefined, roots: Sql, group: Sql | undefined): Sql {
  const gone = sql`(SELECT COUNT(*) FROM ${target} AS t WHERE t.${rootId} IN (${dyingIds(roots, group)})${notCome(child)})`;
  if (child === undefined) return sql`SELECT 0 AS inserted, 0 AS updated, 0 AS unchanged, ${gone} AS deleted`;
  const written = sql`c.ordinal IN (${writtenOrdinals(roots)})`;
  return sql`SELECT COUNT(CASE WHEN ${written} AND c.found = 0 THEN 1 END) AS inserted, COUNT(CASE WHEN ${written} AND c.found > 0 THEN 1 END) AS updated, COUNT(CASE WHEN NOT (${written}) THEN 1 END) AS unchanged, ${gone} + COALESCE(SUM(CASE WHEN ${written} AND c.found > 1 THEN c.found - 1 ELSE 0 END), 0) AS deleted FROM ${child} AS c`;
}

/** Child rows of every root that is written or goes. */
export function deleteChildren(target: Sql, roots: Sql, group: Sql | undefined): Sql {
  return sql`DELETE FROM ${target} WHERE ${rootId} IN (${dyingIds(roots, group)})`;
}

/**
 * Child rows elsewhere that have the id of one that is written. A statement of its own: with an OR in `deleteChildren` the engines would
 * compare every row with every id.
 */
export function deleteStrayed(target: Sql, child: Sql, roots: Sql): Sql {
  return sql`DELETE FROM ${target} WHERE ${rowId} IN (SELECT row_id FROM ${child} WHERE strayed AND ordinal IN (${writtenOrdinals(roots)}))`;
}

/** Root rows that are rewritten, by key: also rows without an id of ours. */
export function deleteRoots(tables: MergeTables): Sql {
  const names = tables.key.map((name) => identifier(name));
  const cells = tables.key.map((_, index) => identifier(`key_${index + 1}`));
  const left = names.length === 1 ? joinSql(names, "") : sql`(${joinSql(names, ", ")})`;
  return sql`DELETE FROM ${tables.target} WHERE ${left} IN (SELECT ${joinSql(cells, ", ")} FROM ${tables.roots} WHERE NOT same)`;
}

export function deleteGroup(target: Sql, group: Sql): Sql {
  return sql`DELETE FROM ${target} WHERE ${rowId} IN (SELECT old_id FROM ${group})`;
}

/** Which staged rows (of the root or a child) are written. */
export function writtenRows({ roots, hardDelete }: MergeTables): Sql {
  const comes = hardDelete === undefined ? sql`` : sql` AND NOT gone`;
  return sql`staged.${ordinal} IN (${writtenOrdinals(roots)}${comes})`;
}

/** Child rows that dlt wrote before the table was merged have no root id yet: it is the parent's, or the parent itself. */
export function fillRootIds(child: Sql, parent: Sql, parentIsRoot: boolean): Sql {
  const parentId = identifier("_dlt_parent_id");
  if (parentIsRoot) return sql`UPDATE ${child} SET ${rootId} = ${parentId} WHERE ${rootId} IS NULL`;
  return sql`UPDATE ${child} SET ${rootId} = p.${rootId} FROM ${parent} AS p WHERE p.${rowId} = ${child}.${parentId} AND ${child}.${rootId} IS NULL`;
}

function writtenOrdinals(roots: Sql): Sql {
  return sql`SELECT ordinal FROM ${roots} WHERE NOT same`;
}

/** Ids of roots that are written, as they are stored and as they come, and of those that go with a merge key. */
function dyingIds(roots: Sql, group: Sql | undefined): Sql {
  const ofGroup = group === undefined ? sql`` : sql` UNION ALL SELECT old_id FROM ${group}`;
  return sql`SELECT old_id FROM ${roots} WHERE NOT same UNION ALL SELECT row_id FROM ${roots} WHERE NOT same${ofGroup}`;
}

function notCome(child: Sql | undefined): Sql {
  return child === undefined ? sql`` : sql` AND NOT EXISTS (SELECT 1 FROM ${child} AS c WHERE c.row_id = t.${rowId})`;
}

/** Everything is compared but the load id, which says who wrote the row last. */
function sameCells(existed: Sql, columns: readonly Column[], { dialect, keep }: MergeTables): Sql {
  if (!keep) return sql`FALSE`;
  const equal = columns
    .filter((column) => column.name !== "_dlt_load_id")
    .map((column) => dialect.sameValue(sql`s.${identifier(column.name)}`, sql`t.${identifier(column.name)}`, column));
  return sql`${existed} AND ${joinSql(equal, " AND ")}`;
}
