import type { Column, LoadCommit, Schema, Table, TableChain } from "@typeload/core";
import { identifier, integerLiteral, parameter, planCommit, sql, verbatim } from "@typeload/destination-sql";
import type { CommitStep, PhysicalTable, SqlDialect } from "@typeload/destination-sql";

/** A dialect of no engine: `[name]`, `?1`, types as typeload calls them. */
export const plainDialect: SqlDialect = {
  name: "plain",
  quoteIdentifier: (name) => `[${name}]`,
  placeholder: (position) => `?${position}`,
  columnType: (column) => `${column.dataType}${column.precision === undefined ? "" : `(${column.precision})`}`,
  readColumnType: ({ type, precision, scale }) => {
    const dataType = (["text", "bigint", "decimal"] as const).find((known) => type.startsWith(known));
    return dataType === undefined ? undefined : { dataType, precision, scale };
  },
  uniqueConstraints: true,
  staging: { kind: "schema", suffix: "_stage", unlogged: false },
  maxTableNameBytes: 40,
  maxParameters: 100,
  now: sql`NOW`,
  secondsFromNow: (seconds) => sql`NOW+${integerLiteral(seconds)}`,
  numberOrNull: (expression) => sql`NUM(${expression})`,
  sameValue: (left, right) => sql`${left} == ${right}`,
  castTo: (expression, column) => sql`${expression}::${verbatim(plainDialect.columnType(column))}`,
  listColumns: (schema) => sql`COLUMNS OF ${parameter(schema ?? "temporary")}`,
  widenColumn: (table, column) =>
    sql`WIDEN ${table}.${identifier(column.name)} TO ${verbatim(plainDialect.columnType(column))}`,
};

/** A table as the catalog would describe it. */
export function physical(name: string, columns: readonly Column[]): readonly [string, PhysicalTable] {
  const described = columns.map(
    (column) =>
      [
        column.name,
        {
          name: column.name,
          type: plainDialect.columnType(column),
          nullable: column.nullable !== false,
          precision: column.precision,
          scale: column.scale,
        },
      ] as const,
  );
  return [name, { name, columns: new Map(described) }];
}

const id: Column = { name: "_dlt_id", dataType: "text", nullable: false, unique: true };
export const shops: Table = {
  name: "shops",
  columns: [
    { name: "id", dataType: "bigint", nullable: false },
    { name: "name", dataType: "text" },
    { name: "_dlt_load_id", dataType: "text" },
    id,
  ],
};
export const pens: Table = {
  name: "shops__pens",
  parent: "shops",
  columns: [{ name: "value", dataType: "text" }, { name: "_dlt_root_id", dataType: "text", nullable: false }, id],
};

/** A commit of load 1.5 with one chain. */
export function commitOf(chain: Partial<TableChain>, tables: readonly Table[] = [shops, pens]): LoadCommit {
  const schema: Schema = {
    name: "shop",
    version: 2,
    versionHash: "hash",
    tables: Object.fromEntries(tables.map((table) => [table.name, table])),
  };
  return {
    loadId: "1.5",
    runId: "run",
    pipeline: "pipe",
    lease: { pipeline: "pipe", token: "token", ttlSeconds: 60 },
    schema,
    storedSchema: '{"engine_version":11}',
    chains: [
      {
        resource: "shops",
        writeDisposition: { kind: "append" },
        unchanged: "rewrite",
        primaryKey: [],
        mergeKey: [],
        tables: tables.map((table) => ({ table, versions: [{ tableVersion: 1, table, rows: 2 }] })),
        ...chain,
      },
    ],
    partitions: [],
    completeness: [],
    committedAt: "2026-01-02T03:04:05Z",
  };
}

export const stagedShops = physical("tl_1_5_v1_shops", shops.columns);
export const stagedPens = physical("tl_1_5_v1_shops__pens", pens.columns);
export const target = new Map([physical("shops", shops.columns), physical("shops__pens", pens.columns)]);

/** The plan of a commit, as text; `of` picks the steps whose purpose begins so. */
export function planned(
  commit: LoadCommit,
  given: {
    readonly target?: ReadonlyMap<string, PhysicalTable>;
    readonly staged?: readonly (readonly [string, PhysicalTable])[];
    readonly dialect?: SqlDialect;
  } = {},
): readonly CommitStep[] {
  return planCommit(commit, {
    dataset: "ds",
    loadId: commit.loadId,
    dialect: given.dialect ?? plainDialect,
    target: given.target ?? target,
    staged: new Map(given.staged ?? [stagedShops, stagedPens]),
  });
}

/** The text of the steps that write a chain. */
export function chainTexts(steps: readonly CommitStep[]): readonly string[] {
  return steps
    .filter(({ purpose }) => /^shops|^drop a work|^tell/.test(purpose) && !purpose.endsWith("staged?"))
    .map(({ statement }) => statement.text);
}
