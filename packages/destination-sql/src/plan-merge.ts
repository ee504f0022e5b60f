import { DestinationError } from "@typeload/core";
import type { TableChain } from "@typeload/core";
import { analyzeStep, dropWork, stagedRoot } from "./chain-steps.ts";
import type { ChainStep, ChainTable } from "./chain-steps.ts";
import type { CommitContext } from "./plan-commit.ts";
import { identifier } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";
import { insertStaged } from "./statements/append.ts";
import * as merge from "./statements/merge.ts";

interface ChildTable extends ChainTable {
  /** Temporary table of its staged rows; `undefined`: nothing was staged of it. */
  readonly work: Sql | undefined;
}

/**
 * delete-insert and upsert are one thing here: of each key the winner's row and children replace what the target has under that key.
 * First it is found out which roots differ, then rows are counted, then whole trees (root and children) are deleted and inserted.
 */
export function planMerge(
  chain: TableChain,
  index: number,
  chainTables: readonly ChainTable[],
  context: CommitContext,
): readonly ChainStep[] {
  const { dialect } = context;
  const { root, staged, children: rest } = stagedRoot(chain, chainTables);
  const roots = identifier(`_typeload_roots_${index}`);
  const children = rest.map((table, position): ChildTable => ({
    ...table,
    work: table.staged === undefined ? undefined : identifier(`_typeload_child_${index}_${position}`),
  }));
  for (const child of children) requireRootId(child, context);
  const key = chain.primaryKey.length > 0 ? chain.primaryKey : ["_dlt_id"];
  const grouped = chain.mergeKey.length > 0;
  const group = identifier(`_typeload_group_${index}`);
  const keep = chain.unchanged === "keep";
  const tables: merge.MergeTables = {
    dialect,
    target: root.target,
    staged,
    columns: root.columns,
    key,
    dedupSort: chain.dedupSort,
    hardDelete: chain.hardDelete,
    keep,
    roots,
    group,
  };
  const groupOrNone = grouped ? group : undefined;
  const name = root.table.name;

  return [
    ...fillRootIds(children, root, context),
    { purpose: `${name}: winners beside what is stored`, statement: merge.createRoots(tables) },
    ...analyzeStep(roots, context),
    ...children.flatMap((child) => compareChild(child, tables, context)),
    ...(keep ? [{ purpose: `${name}: keys stored twice`, statement: merge.markDoubles(roots) }] : []),
    ...(grouped
      ? [
          {
            purpose: `${name}: rows of a merge key that came again`,
            statement: merge.createGroup(tables, chain.mergeKey),
          },
        ]
      : []),
    {
      purpose: `${name}: count`,
      statement: merge.countRoots(tables, groupOrNone),
      effect: { kind: "add-counts", table: name },
    },
    ...children.map((child): ChainStep => ({
      purpose: `${child.table.name}: count`,
      statement: merge.countChildren(child.target, child.work, roots, groupOrNone),
      effect: { kind: "add-counts", table: child.table.name },
    })),
    ...children.toReversed().flatMap((child) => removeChildren(child, roots, groupOrNone)),
    { purpose: `${name}: remove what is rewritten`, statement: merge.deleteRoots(tables) },
    ...(grouped
      ? [{ purpose: `${name}: remove rows of the merge key`, statement: merge.deleteGroup(root.target, group) }]
      : []),
    ...[root, ...children].flatMap((table) => insertWritten(table, tables)),
    ...[roots, ...children.flatMap(({ work }) => work ?? []), ...(grouped ? [group] : [])].map(dropWork),
  ];
}

function compareChild(child: ChildTable, tables: merge.MergeTables, context: CommitContext): readonly ChainStep[] {
  const { work, staged, target, columns } = child;
  const purpose = `${child.table.name}: which roots differ by it`;
  const missing = tables.keep ? [{ purpose, statement: merge.markByMissing(tables.roots, target, work) }] : [];
  if (work === undefined || staged === undefined) return missing;
  return [
    {
      purpose: `${child.table.name}: staged beside what is stored`,
      statement: merge.createChild(work, staged, target, columns, tables),
    },
    ...analyzeStep(work, context),
    ...(tables.keep ? [{ purpose, statement: merge.markByChild(tables.roots, work) }] : []),
    ...missing,
  ];
}

function removeChildren({ table, target, work }: ChildTable, roots: Sql, group: Sql | undefined): readonly ChainStep[] {
  const purpose = `${table.name}: remove what is rewritten`;
  const below = { purpose, statement: merge.deleteChildren(target, roots, group) };
  if (work === undefined) return [below];
  return [below, { purpose, statement: merge.deleteStrayed(target, work, roots) }];
}

function insertWritten(
  { table, columns, target, staged }: ChainTable,
  tables: merge.MergeTables,
): readonly ChainStep[] {
  if (staged === undefined) return [];
  const statement = insertStaged(target, columns, staged, merge.writtenRows(tables));
  return [{ purpose: `${table.name}: write`, statement }];
}

/** Only a nullable `_dlt_root_id` can be empty: dlt makes it NOT NULL where it writes it, and `prepare` adds it nullable to filled tables. */
function fillRootIds(children: readonly ChildTable[], root: ChainTable, context: CommitContext): readonly ChainStep[] {
  return children.flatMap(({ table, target }) => {
    if (context.target.get(table.name)?.columns.get("_dlt_root_id")?.nullable !== true) return [];
    const parent = table.parent ?? root.table.name;
    const statement = merge.fillRootIds(target, identifier(context.dataset, parent), parent === root.table.name);
    return [{ purpose: `${table.name}: fill the root ids of older rows`, statement }];
  });
}

function requireRootId({ table }: ChildTable, context: CommitContext): void {
  if (context.target.get(table.name)?.columns.has("_dlt_root_id") === true) return;
  throw new DestinationError(
    `${context.dataset}.${table.name} has no _dlt_root_id, which a merge finds child rows by. prepare() adds it: run again.`,
    { code: "not_prepared", retryable: true },
  );
}
