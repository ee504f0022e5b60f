import type { Column, Scd2Chain } from "@typeload/core";
import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, joinSql, parameter, sql } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";
import { ordinalColumn } from "./staging.ts";
import { type WinnerRule, winningOrdinals } from "./winners.ts";

// versions   one row a version that came: ordinal (of the last record that is this version), version, active (the target has it, not retired)

const ordinal = identifier(ordinalColumn);

/** What scd2 statements speak of. */
export interface Scd2Tables {
  readonly dialect: SqlDialect;
  readonly scd2: Scd2Chain;
  /** Target of the root. */
  readonly target: Sql;
  /** Select of the staged root rows. */
  readonly staged: Sql;
  readonly columns: readonly Column[];
  /** Name of the temporary table. */
  readonly versions: Sql;
}

export function createVersions({ versions, scd2 }: Scd2Tables, rule: WinnerRule): Sql {
  return sql`CREATE TEMP TABLE ${versions} AS SELECT s.${ordinal} AS ordinal, s.${identifier(scd2.rowVersion)} AS version, FALSE AS active FROM (${rule.staged}) AS s WHERE s.${ordinal} IN (${winningOrdinals(rule)})`;
}

/** A statement of its own, since the time may be a parameter, which `CREATE TABLE AS` does not take. */
export function markActive(tables: Scd2Tables): Sql {
  const { versions, scd2, target } = tables;
  return sql`UPDATE ${versions} SET active = TRUE WHERE version IN (SELECT ${identifier(scd2.rowVersion)} FROM ${target} WHERE ${isActive(tables)})`;
}

/** Ends the versions that did not come again: all, or those of the merge keys that came. */
export function retire(tables: Scd2Tables, mergeKey: readonly string[]): Sql {
  const { versions, scd2, target, staged } = tables;
  const at = boundary(tables);
  const absent = sql`NOT EXISTS (SELECT 1 FROM ${versions} AS v WHERE v.version = ${target}.${identifier(scd2.rowVersion)})`;
  const sameGroup = joinSql(
    mergeKey.map((name) => sql`s.${identifier(name)} = ${target}.${identifier(name)}`),
    " AND ",
  );
  const came = mergeKey.length === 0 ? sql`` : sql` AND EXISTS (SELECT 1 FROM (${staged}) AS s WHERE ${sameGroup})`;
  return sql`UPDATE ${target} SET ${identifier(scd2.validTo)} = ${at} WHERE ${isActive(tables)} AND ${absent}${came}`;
}

export function countVersions(versions: Sql): Sql {
  return sql`SELECT COUNT(CASE WHEN NOT active THEN 1 END) AS inserted, 0 AS updated, COUNT(CASE WHEN active THEN 1 END) AS unchanged, 0 AS deleted FROM ${versions}`;
}

/** Adds the versions that are not valid yet, from the boundary on. */
export function insertVersions(tables: Scd2Tables): Sql {
  const { scd2, target, staged, columns, versions } = tables;
  const names = joinSql(
    columns.map(({ name }) => identifier(name)),
    ", ",
  );
  const cells = columns.map((column) => {
    if (column.name === scd2.validFrom) return boundary(tables);
    return column.name === scd2.validTo ? activeUntil(tables) : identifier(column.name);
  });
  return sql`INSERT INTO ${target} (${names}) SELECT ${joinSql(cells, ", ")} FROM (${staged}) AS staged WHERE ${newVersions(versions)}`;
}

/** Which staged rows (of the root or a child) belong to a version that begins. */
export function newVersions(versions: Sql): Sql {
  return sql`staged.${ordinal} IN (SELECT ordinal FROM ${versions} WHERE NOT active)`;
}

/** Which staged rows belong to a version that came. */
export function allVersions(versions: Sql): Sql {
  return sql`staged.${ordinal} IN (SELECT ordinal FROM ${versions})`;
}

function isActive(tables: Scd2Tables): Sql {
  const to = identifier(tables.scd2.validTo);
  return tables.scd2.activeRecordTimestamp === undefined ? sql`${to} IS NULL` : sql`${to} = ${activeUntil(tables)}`;
}

function activeUntil(tables: Scd2Tables): Sql {
  return instant(tables, tables.scd2.validTo, tables.scd2.activeRecordTimestamp ?? null);
}

function boundary(tables: Scd2Tables): Sql {
  return instant(tables, tables.scd2.validFrom, tables.scd2.boundaryTimestamp);
}

function instant({ dialect, columns }: Scd2Tables, name: string, text: string | null): Sql {
  const column = columns.find((candidate) => candidate.name === name) ?? { name, dataType: "timestamp" };
  return dialect.castTo(parameter(text), column);
}
