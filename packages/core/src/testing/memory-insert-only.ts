import type { RowCounts, TableChain } from "../destination/load-commit.ts";
import { cellKey, type CellRow } from "./cell-value.ts";
import { type MemoryDataset, rowsOf, withRows } from "./memory-dataset.ts";
import type { ChainResult } from "./memory-merge.ts";
import { keyOf, saysDeleted, type StagedRow, winnersOf } from "./memory-winners.ts";

/** Adds root rows of new keys, and child rows of new ids under roots that carry the id they hang on. Stored rows stay. */
export function insertOnlyChain(
  before: MemoryDataset,
  chain: TableChain,
  staged: ReadonlyMap<string, readonly StagedRow[]>,
): ChainResult {
  const [root = chain.resource, ...children] = staged.keys();
  const key = keyOf(chain.primaryKey.length === 0 ? ["_dlt_id"] : chain.primaryKey);
  const stored = Map.groupBy(rowsOf(before, root), key);
  const winners = [...winnersOf(staged.get(root) ?? [], chain, key).values()].filter(
    ({ row }) => !saysDeleted(row, chain),
  );
  const added = winners.filter(({ row }) => !stored.has(key(row)));
  const known = winners.filter(({ row }) =>
    stored.get(key(row))?.some((old) => cellKey(old["_dlt_id"]) === cellKey(row["_dlt_id"])),
  );
  const ordinals = new Set([...added, ...known].map(({ ordinal }) => ordinal));
  const dataset = withRows(before, root, [...rowsOf(before, root), ...added.map(({ row }) => row)]);
  const counts = { [root]: countsOf(added.length, winners.length - added.length) };
  return addChildren({ dataset, counts }, children, staged, ordinals, ordinals);
}

/** Adds the staged child rows of some roots, by ordinal, that are not stored; those of `counted` that are stored count as unchanged. */
export function addChildren(
  { dataset: before, counts: given }: ChainResult,
  children: readonly string[],
  staged: ReadonlyMap<string, readonly StagedRow[]>,
  roots: ReadonlySet<number>,
  counted: ReadonlySet<number>,
): ChainResult {
  const counts: Record<string, RowCounts> = { ...given };
  let dataset = before;
  for (const name of children) {
    const old = rowsOf(dataset, name);
    const ids = new Set(old.map((row) => cellKey(row["_dlt_id"])));
    const isStored = (row: CellRow): boolean => ids.has(cellKey(row["_dlt_id"]));
    const rows = staged.get(name) ?? [];
    const come = rows.filter(({ ordinal, row }) => roots.has(ordinal) && !isStored(row)).map(({ row }) => row);
    const there = rows.filter(({ ordinal, row }) => counted.has(ordinal) && isStored(row));
    dataset = withRows(dataset, name, [...old, ...come]);
    counts[name] = countsOf(come.length, there.length);
  }
  return { dataset, counts };
}

function countsOf(inserted: number, unchanged: number): RowCounts {
  return { inserted, updated: 0, unchanged, deleted: 0 };
}
