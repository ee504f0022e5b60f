import type { TableChain } from "@typeload/core";
import { analyzeStep, dropWork, stagedRoot } from "./chain-steps.ts";
import type { ChainStep, ChainTable } from "./chain-steps.ts";
import type { CommitContext } from "./plan-commit.ts";
import { identifier, sql } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";
import { insertStaged } from "./statements/append.ts";
import * as insertOnly from "./statements/insert-only.ts";

/** Adds root rows of new keys, and child rows of new ids under roots that are theirs. What is stored is never touched. */
export function planInsertOnly(
  chain: TableChain,
  index: number,
  tables: readonly ChainTable[],
  context: CommitContext,
): readonly ChainStep[] {
  const { root, staged, children } = stagedRoot(chain, tables);
  const { dialect } = context;
  const roots = identifier(`_typeload_roots_${index}`);
  const key = chain.primaryKey.length > 0 ? chain.primaryKey : ["_dlt_id"];
  const rule = { dialect, staged, columns: root.columns, key, dedupSort: chain.dedupSort };
  const name = root.table.name;
  return [
    {
      purpose: `${name}: winners beside what is stored`,
      statement: insertOnly.createRoots(roots, root.target, rule, chain.hardDelete),
    },
    ...analyzeStep(roots, context),
    {
      purpose: `${name}: count`,
      statement: insertOnly.countRoots(roots),
      effect: { kind: "add-counts", table: name },
    },
    {
      purpose: `${name}: write`,
      statement: insertStaged(root.target, root.columns, staged, insertOnly.newRoots(roots)),
    },
    ...children.flatMap((child) => insertAbsent(child, insertOnly.rowsOfRoots(roots))),
    dropWork(roots),
  ];
}

/** Adds staged child rows that are not stored: of those that `of` names. Those that `counted` names and are stored count as unchanged. */
export function insertAbsent(
  { table: { name }, target, columns, staged }: ChainTable,
  of: Sql,
  counted = of,
): readonly ChainStep[] {
  if (staged === undefined) return [];
  const where = sql`${of} AND NOT ${insertOnly.isStored(target)}`;
  return [
    {
      purpose: `${name}: count what is there`,
      statement: insertOnly.countStored(target, staged, counted),
      effect: { kind: "add-counts", table: name },
    },
    {
      purpose: `${name}: write`,
      statement: insertStaged(target, columns, staged, where),
      effect: { kind: "add-changed", table: name, as: "inserted" },
    },
  ];
}
