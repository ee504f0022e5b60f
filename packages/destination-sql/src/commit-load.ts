import { CommitUnknownError, isTypeloadError, LeaseLostError, leaseTable, StagedCountError } from "@typeload/core";
import type { CommitResult, LoadCommit, RowCounts } from "@typeload/core";
import { introspectTables } from "./introspect-tables.ts";
import { planCommit } from "./plan-commit.ts";
import type { CommitStep } from "./plan-commit.ts";
import type { SqlConnection } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";
import { stagingSchema } from "./statements/staging.ts";

type Counts = { -readonly [K in keyof RowCounts]: RowCounts[K] };

/** Plans a commit against the catalog as it is, and runs the plan in one transaction. */
export async function commitLoad(
  connection: SqlConnection,
  dialect: SqlDialect,
  dataset: string,
  commit: LoadCommit,
  signal: AbortSignal,
): Promise<CommitResult> {
  try {
    return await connection.transaction(async (transaction) => {
      if (dialect.lockDataset !== undefined) {
        await transaction.query(renderSql(dialect.lockDataset(dataset), dialect), signal);
      }
      const target = await introspectTables(transaction, dialect, dataset, signal);
      const staged = await introspectTables(transaction, dialect, stagingSchema(dataset, dialect), signal);
      if (!target.has(leaseTable.name)) throw leaseLost(dataset, commit);
      const plan = planCommit(commit, { dataset, loadId: commit.loadId, dialect, target, staged });
      return runPlan(transaction, plan, dataset, commit, signal);
    }, signal);
  } catch (error) {
    if (!isTypeloadError(error) || error.code !== "commit_unanswered") throw error;
    throw new CommitUnknownError(
      `${dataset}: COMMIT of load ${commit.loadId} was sent and no answer came. ` +
        `Whether it happened is known when _dlt_loads can be read again; run again to find out.`,
      { loadId: commit.loadId, cause: error },
    );
  }
}

async function runPlan(
  connection: SqlConnection,
  plan: readonly CommitStep[],
  dataset: string,
  commit: LoadCommit,
  signal: AbortSignal,
): Promise<CommitResult> {
  const tables = new Map<string, Counts>();
  const countsOf = (table: string): Counts => {
    let counts = tables.get(table);
    if (counts === undefined) tables.set(table, (counts = { inserted: 0, updated: 0, unchanged: 0, deleted: 0 }));
    return counts;
  };
  for (const chain of commit.chains) for (const { table } of chain.tables) countsOf(table.name);

  for (const { statement, effect } of plan) {
    switch (effect.kind) {
      case "run":
        await connection.execute(statement, signal);
        break;
      case "hold-lease":
        if ((await connection.execute(statement, signal)) !== 1) throw leaseLost(dataset, commit);
        break;
      case "find-finished":
        if ((await connection.query(statement, signal)).length > 0) return { alreadyCommitted: true, tables: {} };
        break;
      case "check-staged": {
        const [row] = await connection.query(statement, signal);
        const staged = Number(row?.["staged"]);
        if (staged !== effect.expected) throw stagedCount(dataset, commit, effect, staged);
        break;
      }
      case "add-changed":
        countsOf(effect.table)[effect.as] += await connection.execute(statement, signal);
        break;
      case "add-counts": {
        const [row] = await connection.query(statement, signal);
        const counts = countsOf(effect.table);
        for (const name of ["inserted", "updated", "unchanged", "deleted"] as const)
          counts[name] += Number(row?.[name]);
        break;
      }
    }
  }
  return { alreadyCommitted: false, tables: Object.fromEntries(tables) };
}

function leaseLost(dataset: string, commit: LoadCommit): LeaseLostError {
  return new LeaseLostError(
    `${dataset}: another run took over the lease of pipeline "${commit.pipeline}", so load ${commit.loadId} was not committed. ` +
      `Let that run end, then run again.`,
  );
}

function stagedCount(
  dataset: string,
  commit: LoadCommit,
  expected: { readonly table: string; readonly tableVersion: number; readonly expected: number },
  staged: number,
): StagedCountError {
  return new StagedCountError(
    `${dataset}: load ${commit.loadId} staged ${staged} rows of ${expected.table} (version ${expected.tableVersion}), ` +
      `and ${expected.expected} were handed over. Nothing was committed; discard the load and stage it again.`,
  );
}
