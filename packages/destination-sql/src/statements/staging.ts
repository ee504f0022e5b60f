import { createHash } from "node:crypto";
import type { Column, StagedTable, Table } from "@typeload/core";
import type { PhysicalTable } from "../introspect-tables.ts";
import type { TableName } from "../sql-connection.ts";
import type { SqlDialect } from "../sql-dialect.ts";
import { identifier, integerLiteral, joinSql, sql, verbatim } from "../sql-text.ts";
import type { Sql } from "../sql-text.ts";
import { typedColumns } from "./create-table.ts";

/** The ordinal of the root record that a staged row came from. */
export const ordinalColumn = "_typeload_ordinal";
/** The part that a staged row came with. */
export const partColumn = "_typeload_part";

const columnsOfOurs: readonly Column[] = [
  { name: ordinalColumn, dataType: "bigint" },
  { name: partColumn, dataType: "bigint" },
];

/** What names of all our staging tables begin with. dlt may have a schema of the same name with tables of its own. */
export const stagingMark = "tl_";

/** What names of staging tables of a load begin with. */
export function stagingPrefix(loadId: string): string {
  return `${stagingMark}${loadId.replaceAll(/[^0-9A-Za-z]/g, "_")}_v`;
}

/** Name of the staging table of (load id, table, table version), cut and tagged where the engine's names are short. */
export function stagingName(loadId: string, table: string, tableVersion: number, dialect: SqlDialect): string {
  return fitting(`${stagingPrefix(loadId)}${tableVersion}_${table}`, dialect);
}

/** The schema that staging tables of a dataset live in, cut and tagged as their names are; `undefined`: they are temporary. */
export function stagingSchema(dataset: string, dialect: SqlDialect): string | undefined {
  return dialect.staging.kind === "temp" ? undefined : fitting(`${dataset}${dialect.staging.suffix}`, dialect);
}

/** A name that the engine does not cut itself: two names could become one. */
function fitting(name: string, { maxTableNameBytes }: SqlDialect): string {
  if (Buffer.byteLength(name) <= maxTableNameBytes) return name;
  const tag = `_${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
  let cut = name;
  while (Buffer.byteLength(cut) > maxTableNameBytes - tag.length) cut = [...cut].slice(0, -1).join("");
  return cut + tag;
}

/** A table's name as SQL. */
export function tableSql(table: TableName): Sql {
  return table.schema === undefined ? identifier(table.name) : identifier(table.schema, table.name);
}

/** Every column nullable: the target's NOT NULL is checked once, at the commit. */
export function createStagingTable(table: TableName, columns: readonly Column[], dialect: SqlDialect): Sql {
  const definitions = [...columns, ...columnsOfOurs].map(
    (column) => sql`${identifier(column.name)} ${verbatim(dialect.columnType(column))}`,
  );
  return sql`CREATE ${verbatim(stagingKind(dialect))}TABLE IF NOT EXISTS ${tableSql(table)} (${joinSql(definitions, ", ")})`;
}

function stagingKind(dialect: SqlDialect): string {
  if (dialect.staging.kind === "temp") return "TEMP ";
  return dialect.staging.unlogged ? "UNLOGGED " : "";
}

/** Removes what an earlier, unanswered call may have left of a part. */
export function deletePart(table: TableName, part: number): Sql {
  return sql`DELETE FROM ${tableSql(table)} WHERE ${identifier(partColumn)} = ${integerLiteral(part)}`;
}

/** The parts that a staging table holds rows of. */
export function listParts(table: TableName): Sql {
  return sql`SELECT DISTINCT ${identifier(partColumn)} AS part FROM ${tableSql(table)}`;
}

export function countStaged(table: TableName): Sql {
  return sql`SELECT COUNT(*) AS staged FROM ${tableSql(table)}`;
}

export function dropStaging(table: TableName): Sql {
  return sql`DROP TABLE IF EXISTS ${tableSql(table)}`;
}

/** What the staged rows of one table are read from. */
export interface StagedSource {
  readonly dataset: string;
  readonly loadId: string;
  readonly dialect: SqlDialect;
  /** Staging tables that exist, by name. */
  readonly staged: ReadonlyMap<string, PhysicalTable>;
}

/** The versions of a table that were staged, with the staging table of each. */
export function stagedVersions(
  staged: StagedTable,
  source: StagedSource,
): readonly { readonly name: TableName; readonly table: Table; readonly physical: PhysicalTable }[] {
  return staged.versions.flatMap((version) => {
    const name = stagingName(source.loadId, staged.table.name, version.tableVersion, source.dialect);
    const physical = source.staged.get(name);
    if (physical === undefined) return [];
    return [{ name: { schema: stagingSchema(source.dataset, source.dialect), name }, table: version.table, physical }];
  });
}

/**
 * All staged rows of a table, with the columns asked for and the ordinal. Rows of several table versions are brought to the target's
 * types; a column that a version did not have yet is null. `undefined` when nothing was staged.
 */
export function selectStaged(staged: StagedTable, columns: readonly Column[], source: StagedSource): Sql | undefined {
  const versions = stagedVersions(staged, source);
  if (versions.length === 0) return undefined;
  const selects = versions.map(({ name, table, physical }) => {
    const before = new Map(typedColumns(table).map((column) => [column.name, column]));
    const cells = columns.map((column) => stagedCell(column, before.get(column.name), physical, source.dialect));
    return sql`SELECT ${joinSql([...cells, identifier(ordinalColumn)], ", ")} FROM ${tableSql(name)}`;
  });
  return joinSql(selects, " UNION ALL ");
}

function stagedCell(column: Column, before: Column | undefined, physical: PhysicalTable, dialect: SqlDialect): Sql {
  const name = identifier(column.name);
  if (!physical.columns.has(column.name)) return sql`${dialect.castTo(sql`NULL`, column)} AS ${name}`;
  if (before === undefined || dialect.columnType(before) === dialect.columnType(column)) return name;
  return sql`${dialect.castTo(name, column)} AS ${name}`;
}
