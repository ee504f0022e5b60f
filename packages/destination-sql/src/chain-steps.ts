import { DestinationError } from "@typeload/core";
import type { Column, Table, TableChain } from "@typeload/core";
import type { CommitContext, StepEffect } from "./plan-commit.ts";
import { sql } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";

/** A step before its statement is rendered. */
export interface ChainStep {
  readonly purpose: string;
  readonly statement: Sql;
  readonly effect?: StepEffect | undefined;
}

/** One table of a chain, as the planner works with it. */
export interface ChainTable {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly target: Sql;
  /** Select of the staged rows; `undefined`: nothing was staged. */
  readonly staged: Sql | undefined;
}

/** The root of a merge with its staged rows, and the child tables. */
export function stagedRoot(
  chain: TableChain,
  [root, ...children]: readonly ChainTable[],
): { readonly root: ChainTable; readonly staged: Sql; readonly children: readonly ChainTable[] } {
  if (root?.staged !== undefined) return { root, staged: root.staged, children };
  throw new DestinationError(`${chain.resource}: child rows were staged without root rows`, {
    code: "staged_without_root",
  });
}

/** For an engine whose planner would guess badly what a work table holds. */
export function analyzeStep(table: Sql, { dialect }: CommitContext): readonly ChainStep[] {
  if (dialect.analyze === undefined) return [];
  return [{ purpose: "tell the planner of the engine", statement: dialect.analyze(table) }];
}

export function dropWork(table: Sql): ChainStep {
  return { purpose: "drop a work table", statement: sql`DROP TABLE ${table}` };
}
