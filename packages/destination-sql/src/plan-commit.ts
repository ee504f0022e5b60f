import type { LoadCommit } from "@typeload/core";
import type { PhysicalTable } from "./introspect-tables.ts";
import { planChain } from "./plan-chain.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql, sql } from "./sql-text.ts";
import type { Sql, SqlStatement } from "./sql-text.ts";
import { extendLease } from "./statements/lease.ts";
import { countStaged, dropStaging, stagingName, stagingPrefix, stagingSchema } from "./statements/staging.ts";
import {
  finishedLoad,
  storeCompleteness,
  storeLoad,
  storePartitions,
  storeSchema,
  storeState,
} from "./statements/system-tables.ts";

/** One statement of a commit, as data. */
export interface CommitStep {
  /** What it is for, for people: `contacts: remove what is rewritten`. */
  readonly purpose: string;
  readonly statement: SqlStatement;
  readonly effect: StepEffect;
}

/** What is done with a step's answer. */
export type StepEffect =
  | { readonly kind: "run" }
  /** Must change exactly one row, else the lease is lost. */
  | { readonly kind: "hold-lease" }
  /** A row means that this load id was committed before: the commit ends here. */
  | { readonly kind: "find-finished" }
  /** Gives `staged`, which must be this number. */
  | { readonly kind: "check-staged"; readonly table: string; readonly tableVersion: number; readonly expected: number }
  /** The rows changed are added to a count of the table. */
  | { readonly kind: "add-changed"; readonly table: string; readonly as: "inserted" | "updated" | "deleted" }
  /** Gives one row with inserted, updated, unchanged, deleted of the table. */
  | { readonly kind: "add-counts"; readonly table: string };

/** What the planner knows of the destination. */
export interface CommitContext {
  readonly dataset: string;
  readonly loadId: string;
  readonly dialect: SqlDialect;
  /** Tables of the dataset. */
  readonly target: ReadonlyMap<string, PhysicalTable>;
  /** Staging tables. */
  readonly staged: ReadonlyMap<string, PhysicalTable>;
}

/**
 * Everything a commit runs inside its one transaction, in order. Pure: the same commit and the same catalog give the same plan.
 *
 * Order: lease · finished before? · staged counts · chains · schema · state · partitions · completeness · load row · staging dropped.
 */
export function planCommit(commit: LoadCommit, context: CommitContext): readonly CommitStep[] {
  const { dataset, dialect } = context;
  const step = (purpose: string, statement: Sql, effect: StepEffect = { kind: "run" }): CommitStep => ({
    purpose,
    statement: renderSql(statement, dialect),
    effect,
  });
  return [
    step("hold and extend the lease", extendLease(dataset, commit.lease, dialect), { kind: "hold-lease" }),
    step("was this load committed before?", finishedLoad(dataset, commit.loadId), { kind: "find-finished" }),
    ...checkStaged(commit, context).map(({ statement, ...effect }) =>
      step(`${effect.table}: is everything staged?`, statement, { kind: "check-staged", ...effect }),
    ),
    ...commit.chains.flatMap((chain, index) =>
      planChain(chain, index, commit.schema, context).map(({ purpose, statement, effect }) =>
        step(purpose, statement, effect),
      ),
    ),
    step("store the schema when it is new", storeSchema(dataset, commit, dialect)),
    ...storeState(dataset, commit, dialect).map((statement) => step("store the state", statement)),
    ...storePartitions(dataset, commit.schema.name, commit.partitions, dialect).map((statement) =>
      step("store the partitions", statement),
    ),
    ...storeCompleteness(dataset, commit, dialect).map((statement) => step("store the completeness", statement)),
    ...storeLoad(dataset, commit, dialect).map((statement) => step("store the load", statement)),
    ...ofThisLoad(context).map((name) =>
      step("drop what was staged", dropStaging({ schema: stagingSchema(dataset, dialect), name })),
    ),
  ];
}

interface StagedCheck {
  readonly table: string;
  readonly tableVersion: number;
  readonly expected: number;
  readonly statement: Sql;
}

/** Expected counts, and 0 for every staging table of this load that nobody counts on. */
function checkStaged(commit: LoadCommit, context: CommitContext): readonly StagedCheck[] {
  const { dialect, dataset, staged } = context;
  const schema = stagingSchema(dataset, dialect);
  const expected = commit.chains.flatMap((chain) =>
    chain.tables.flatMap(({ table, versions }) =>
      versions.map(({ tableVersion, rows }) => {
        const name = stagingName(commit.loadId, table.name, tableVersion, dialect);
        const statement = staged.has(name) ? countStaged({ schema, name }) : sql`SELECT 0 AS staged`;
        return { name, table: table.name, tableVersion, expected: rows, statement };
      }),
    ),
  );
  const known = new Set(expected.map(({ name }) => name));
  const unknown = ofThisLoad(context).filter((name) => !known.has(name));
  return [
    ...expected.map(({ name: _name, ...check }) => check),
    ...unknown.map((name) => ({ table: name, tableVersion: 0, expected: 0, statement: countStaged({ schema, name }) })),
  ];
}

function ofThisLoad(context: CommitContext): readonly string[] {
  const prefix = stagingPrefix(context.loadId);
  return [...context.staged.keys()].filter((name) => name.startsWith(prefix));
}
