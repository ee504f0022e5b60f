import { DestinationError } from "@typeload/core";
import type { Schema, StagedTable, Table, TableChain } from "@typeload/core";
import type { ChainStep, ChainTable } from "./chain-steps.ts";
import { planInsertOnly } from "./plan-insert-only.ts";
import { planMerge } from "./plan-merge.ts";
import { planScd2 } from "./plan-scd2.ts";
import type { CommitContext } from "./plan-commit.ts";
import { identifier } from "./sql-text.ts";
import { insertStaged } from "./statements/append.ts";
import { typedColumns } from "./statements/create-table.ts";
import { deleteAll } from "./statements/replace.ts";
import { selectStaged } from "./statements/staging.ts";

/** The steps that write one root table and its child tables. */
export function planChain(
  chain: TableChain,
  index: number,
  schema: Schema,
  context: CommitContext,
): readonly ChainStep[] {
  const tables = chainTables(chain, schema, context);
  if (chain.writeDisposition.kind === "replace") return [...tables.map(removeAll), ...tables.flatMap(insert)];
  if (tables.every(({ staged }) => staged === undefined)) return [];
  if (chain.writeDisposition.kind === "append") return tables.flatMap(insert);
  switch (chain.writeDisposition.strategy) {
    case "delete-insert":
    case "upsert":
      return planMerge(chain, index, tables, context);
    case "insert-only":
      return planInsertOnly(chain, index, tables, context);
    case "scd2":
      return planScd2(chain, index, tables, context);
  }
}

/** The chain's tables that exist in the target: also child tables that this load has no rows for. */
function chainTables(chain: TableChain, schema: Schema, context: CommitContext): readonly ChainTable[] {
  const root = chain.tables[0];
  if (root === undefined) return [];
  const given = new Set(chain.tables.map(({ table }) => table.name));
  const others = descendants(schema, root.table.name)
    .filter((table) => !given.has(table.name))
    .map((table): StagedTable => ({ table, versions: [] }));
  return [...chain.tables, ...others].flatMap((staged): readonly ChainTable[] => {
    const { table } = staged;
    const columns = typedColumns(table);
    const rows = selectStaged(staged, columns, context);
    const physical = context.target.get(table.name);
    if (physical === undefined && rows === undefined) return [];
    const missing = columns.find((column) => !physical?.columns.has(column.name));
    if (rows !== undefined && missing !== undefined) {
      throw new DestinationError(
        `${context.dataset}.${table.name}.${missing.name} is not there: the table was changed since it was prepared. Run again.`,
        { code: "not_prepared", retryable: true },
      );
    }
    return [{ table, columns, target: identifier(context.dataset, table.name), staged: rows }];
  });
}

/** Child tables below a table, parents before children. */
export function descendants(schema: Schema, parent: string): readonly Table[] {
  return Object.values(schema.tables)
    .filter((table) => table.parent === parent)
    .flatMap((table) => [table, ...descendants(schema, table.name)]);
}

function removeAll({ table, target }: ChainTable): ChainStep {
  const effect = { kind: "add-changed", table: table.name, as: "deleted" } as const;
  return { purpose: `${table.name}: remove all rows`, statement: deleteAll(target), effect };
}

function insert({ table, columns, target, staged }: ChainTable): readonly ChainStep[] {
  if (staged === undefined) return [];
  const effect = { kind: "add-changed", table: table.name, as: "inserted" } as const;
  return [{ purpose: `${table.name}: add what was staged`, statement: insertStaged(target, columns, staged), effect }];
}
