import type { RowCounts, TableChain } from "../destination/load-commit.ts";
import { cellKey, type CellRow } from "./cell-value.ts";
import { type MemoryDataset, rowsOf, withRows } from "./memory-dataset.ts";
import { keyOf as keyOfColumns, saysDeleted, type StagedRow, winnersOf } from "./memory-winners.ts";

/** What writing a chain came to. */
export interface ChainResult {
  readonly dataset: MemoryDataset;
  readonly counts: Readonly<Record<string, RowCounts>>;
}

/**
 * Merges a chain by delete-insert or upsert: of the staged versions of a key one wins, its children with it, and it takes the place
 * of the stored row and of all that row's children, also of those that were left behind when somebody deleted the row itself. So do all
 * staged rows of a merge key together. A winner that says that it is deleted leaves nothing. With `unchanged: "keep"` one that says nothing
 * new is left out.
 */
export function mergeChain(
  before: MemoryDataset,
  chain: TableChain,
  staged: ReadonlyMap<string, readonly StagedRow[]>,
): ChainResult {
  const [root = chain.resource, ...children] = staged.keys();
  const keyOf = keyOfColumns(chain.primaryKey.length === 0 ? ["_dlt_id"] : chain.primaryKey);
  const winners = winnersOf(staged.get(root) ?? [], chain, keyOf);
  const winningIds = new Map([...winners.values()].map(({ row, ordinal }) => [cellKey(row["_dlt_id"]), ordinal]));
  const newChildren = new Map(
    children.map((name) => [
      name,
      (staged.get(name) ?? [])
        .filter(({ row, ordinal }) => winningIds.get(cellKey(row["_dlt_root_id"])) === ordinal)
        .map(({ row }) => row),
    ]),
  );

  const stored = groupBy(rowsOf(before, root), keyOf);
  const saysNothingNew = (key: string, row: CellRow): boolean => {
    const [old, ...doubles] = stored.get(key) ?? [];
    if (old === undefined || saysDeleted(row, chain)) return false;
    if (chain.unchanged === "rewrite" || doubles.length > 0 || contentOf(old) !== contentOf(row)) return false;
    return children.every(
      (name) =>
        contentOfAll(childrenOf(rowsOf(before, name), [old])) ===
        contentOfAll(childrenOf(newChildren.get(name) ?? [], [row])),
    );
  };
  const kept = new Set([...winners].filter(([key, { row }]) => saysNothingNew(key, row)).map(([key]) => key));
  const written = [...winners].filter(([key]) => !kept.has(key));
  const untouched = [...kept].flatMap((key) => stored.get(key) ?? []);
  const replaced = [
    ...written.flatMap(([key]) => stored.get(key) ?? []),
    ...groupedRows(rowsOf(before, root), chain, staged.get(root) ?? []).filter((row) => !winners.has(keyOf(row))),
  ];
  const writing = written.map(([, { row }]) => row);
  const incoming = writing.filter((row) => !saysDeleted(row, chain));

  const counts: Record<string, RowCounts> = {};
  let dataset = before;
  for (const name of [root, ...children]) {
    const old = rowsOf(before, name);
    const come = name === root ? incoming : childrenOf(newChildren.get(name) ?? [], incoming);
    const gone = new Set(
      name === root ? replaced : [...childrenOf(old, [...replaced, ...writing]), ...sameIds(old, come)],
    );
    dataset = withRows(dataset, name, [...old.filter((row) => !gone.has(row)), ...come]);
    const identify = name === root ? keyOf : (row: CellRow): string => cellKey(row["_dlt_id"]);
    const unchanged = name === root ? kept.size : childrenOf(old, untouched).length;
    counts[name] = countChanges([...gone].map(identify), come.map(identify), unchanged);
  }
  return { dataset, counts };
}

/** Stored rows whose merge key came again. */
function groupedRows(
  rows: readonly CellRow[],
  { mergeKey }: TableChain,
  staged: readonly StagedRow[],
): readonly CellRow[] {
  if (mergeKey.length === 0) return [];
  const groupOf = keyOfColumns(mergeKey);
  const came = new Set(staged.map(({ row }) => groupOf(row)));
  return rows.filter((row) => came.has(groupOf(row)));
}

function countChanges(gone: readonly string[], come: readonly string[], unchanged: number): RowCounts {
  const old = new Set(gone);
  const updated = come.filter((key) => old.has(key)).length;
  return { inserted: come.length - updated, updated, unchanged, deleted: gone.length - updated };
}

function childrenOf(rows: readonly CellRow[], roots: readonly CellRow[]): readonly CellRow[] {
  const ids = new Set(roots.map((row) => cellKey(row["_dlt_id"])));
  return rows.filter((row) => ids.has(cellKey(row["_dlt_root_id"])));
}

/** Rows under an id that comes: where they hang does not matter, an id is there once. */
function sameIds(rows: readonly CellRow[], come: readonly CellRow[]): readonly CellRow[] {
  const ids = new Set(come.map((row) => cellKey(row["_dlt_id"])));
  return rows.filter((row) => ids.has(cellKey(row["_dlt_id"])));
}

/** Everything a row says, except which load wrote it. */
function contentOf(row: CellRow): string {
  const cells = Object.keys(row)
    .filter((name) => name !== "_dlt_load_id" && row[name] !== null)
    .sort()
    .map((name) => [name, cellKey(row[name])]);
  return JSON.stringify(cells);
}

function contentOfAll(rows: readonly CellRow[]): string {
  return rows.map(contentOf).sort().join("\n");
}

function groupBy(rows: readonly CellRow[], keyOf: (row: CellRow) => string): Map<string, CellRow[]> {
  const groups = new Map<string, CellRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
