import type { TableChain } from "../destination/load-commit.ts";
import type { DataType } from "../schema/data-types.ts";
import { cellKey, type CellRow } from "./cell-value.ts";
import { compareCells } from "./compare-cells.ts";

/** A row that waits for its commit. */
export interface StagedRow {
  readonly ordinal: number;
  readonly row: CellRow;
}

/** What a row is found by, as text. */
export function keyOf(columns: readonly string[]): (row: CellRow) => string {
  return (row) => JSON.stringify(columns.map((column) => cellKey(row[column])));
}

/** Of the staged versions of each key the one that wins: by `dedupSort`, then by the greatest ordinal. */
export function winnersOf(
  staged: readonly StagedRow[],
  chain: TableChain,
  key: (row: CellRow) => string,
): ReadonlyMap<string, StagedRow> {
  const { dedupSort } = chain;
  const type = typeOf(chain, dedupSort?.column);
  const beats = (candidate: StagedRow, best: StagedRow): boolean => {
    if (dedupSort !== undefined) {
      const { column, order } = dedupSort;
      const compared = compareCells(candidate.row[column] ?? null, best.row[column] ?? null, type);
      if (compared !== 0) return order === "desc" ? compared > 0 : compared < 0;
    }
    return candidate.ordinal > best.ordinal;
  };
  const winners = new Map<string, StagedRow>();
  for (const candidate of staged) {
    const best = winners.get(key(candidate.row));
    if (best === undefined || beats(candidate, best)) winners.set(key(candidate.row), candidate);
  }
  return winners;
}

/** Does the row say that its key is to be deleted? */
export function saysDeleted(row: CellRow, chain: TableChain): boolean {
  const { hardDelete } = chain;
  if (hardDelete === undefined) return false;
  const cell = row[hardDelete] ?? null;
  return typeOf(chain, hardDelete) === "bool" ? cell === true : cell !== null;
}

function typeOf({ tables }: TableChain, column: string | undefined): DataType | undefined {
  return tables[0]?.table.columns.find(({ name }) => name === column)?.dataType;
}
