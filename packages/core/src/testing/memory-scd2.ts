import type { Scd2Chain, TableChain } from "../destination/load-commit.ts";
import type { CellRow } from "./cell-value.ts";
import { emptyRow } from "./cell-value.ts";
import { type MemoryDataset, rowsOf, withRows } from "./memory-dataset.ts";
import { addChildren } from "./memory-insert-only.ts";
import type { ChainResult } from "./memory-merge.ts";
import { keyOf, type StagedRow, winnersOf } from "./memory-winners.ts";

/** Ends the versions that did not come again, and begins those that are new, both at the boundary. */
export function scd2Chain(
  before: MemoryDataset,
  chain: TableChain,
  scd2: Scd2Chain,
  staged: ReadonlyMap<string, readonly StagedRow[]>,
): ChainResult {
  const [root = chain.resource, ...children] = staged.keys();
  const { validFrom, validTo, boundaryTimestamp } = scd2;
  const activeUntil = scd2.activeRecordTimestamp ?? null;
  const rows = staged.get(root) ?? [];
  const version = keyOf([scd2.rowVersion]);
  const group = keyOf(chain.mergeKey);
  const came = winnersOf(rows, chain, version);
  const groups = new Set(rows.map(({ row }) => group(row)));

  const old = rowsOf(before, root);
  const isActive = (row: CellRow): boolean => (row[validTo] ?? null) === activeUntil;
  // Without a merge key every row is of the one group.
  const ends = (row: CellRow): boolean => isActive(row) && !came.has(version(row)) && groups.has(group(row));
  const retired = old.map((row) => (ends(row) ? withCells(row, { [validTo]: boundaryTimestamp }) : row));

  const active = new Set(old.filter(isActive).map(version));
  const begins = [...came].filter(([key]) => !active.has(key)).map(([, winner]) => winner);
  const validity = { [validFrom]: boundaryTimestamp, [validTo]: activeUntil };
  const dataset = withRows(before, root, [...retired, ...begins.map(({ row }) => withCells(row, validity))]);
  const counts = {
    [root]: {
      inserted: begins.length,
      updated: old.filter(ends).length,
      unchanged: came.size - begins.length,
      deleted: 0,
    },
  };
  const ordinals = (of: Iterable<StagedRow>): ReadonlySet<number> => new Set([...of].map(({ ordinal }) => ordinal));
  return addChildren({ dataset, counts }, children, staged, ordinals(begins), ordinals(came.values()));
}

function withCells(row: CellRow, cells: CellRow): CellRow {
  return Object.assign(emptyRow(), row, cells);
}
