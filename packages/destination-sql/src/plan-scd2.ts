import { DestinationError } from "@typeload/core";
import type { Scd2Chain, TableChain } from "@typeload/core";
import { analyzeStep, dropWork, stagedRoot } from "./chain-steps.ts";
import type { ChainStep, ChainTable } from "./chain-steps.ts";
import type { CommitContext } from "./plan-commit.ts";
import { insertAbsent } from "./plan-insert-only.ts";
import { identifier } from "./sql-text.ts";
import * as statements from "./statements/scd2.ts";

/**
 * Versions that did not come again end, those that are new begin, both at the boundary. Child rows hang on their version and come with it; a
 * version that comes back has its child rows still.
 */
export function planScd2(
  chain: TableChain,
  index: number,
  chainTables: readonly ChainTable[],
  context: CommitContext,
): readonly ChainStep[] {
  const { dialect } = context;
  const scd2 = scd2Of(chain);
  const { root, staged, children } = stagedRoot(chain, chainTables);
  const { target, columns } = root;
  const versions = identifier(`_typeload_versions_${index}`);
  const tables: statements.Scd2Tables = { dialect, scd2, target, staged, columns, versions };
  const rule = { dialect, staged, columns, key: [scd2.rowVersion], dedupSort: undefined };
  const name = root.table.name;
  return [
    { purpose: `${name}: versions that came`, statement: statements.createVersions(tables, rule) },
    ...analyzeStep(versions, context),
    { purpose: `${name}: which of them are valid`, statement: statements.markActive(tables) },
    {
      purpose: `${name}: count`,
      statement: statements.countVersions(versions),
      effect: { kind: "add-counts", table: name },
    },
    {
      purpose: `${name}: retire versions that did not come`,
      statement: statements.retire(tables, chain.mergeKey),
      effect: { kind: "add-changed", table: name, as: "updated" },
    },
    { purpose: `${name}: write new versions`, statement: statements.insertVersions(tables) },
    ...children.flatMap((child) =>
      insertAbsent(child, statements.newVersions(versions), statements.allVersions(versions)),
    ),
    dropWork(versions),
  ];
}

function scd2Of({ scd2, resource }: TableChain): Scd2Chain {
  if (scd2 !== undefined) return scd2;
  throw new DestinationError(`${resource}: the commit does not say by which column its versions are told apart`, {
    code: "scd2_without_columns",
  });
}
