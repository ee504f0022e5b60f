import type { Destination, LoadCommit, RowBatch, Table } from "@typeload/core";
import { type CellInput, type CellRow, readRowBatch, typedBatch } from "@typeload/core/testing";
import { type SessionChanges, wrapDestination } from "./wrap-destination.ts";

type Bent = Readonly<Record<string, CellInput>>;

/**
 * A destination that stages other rows than it was given, and is content with that: it says that it took what it was given, and
 * commits whatever is there. `undefined` loses the row.
 */
export function bendingRows(
  destination: Destination,
  bend: (row: CellRow, table: Table, index: number, count: number) => Bent | undefined,
): Destination {
  const counted = countingStaged();
  return wrapDestination(destination, {
    stage: (inner) => async (part, batches, signal) => {
      const count = batches.reduce((sum, batch) => sum + batch.rowCount, 0);
      let index = 0;
      const bent = batches.flatMap((batch): readonly RowBatch[] => {
        const rows = readRowBatch(batch).map((row) => bend(row, batch.table, index++, count));
        const kept = rows.flatMap((row, at) => (row === undefined ? [] : [{ row, ordinal: batch.ordinals[at] ?? 0 }]));
        if (kept.length === 0) return [];
        const options = { tableVersion: batch.tableVersion, ordinals: kept.map(({ ordinal }) => ordinal) };
        return [
          typedBatch(
            batch.table,
            kept.map(({ row }) => row),
            options,
          ),
        ];
      });
      const staged = await inner.stage(part, bent, signal);
      counted.staged(part.loadId, part.table.name, part.tableVersion, part.part, staged.rows);
      return { rows: count };
    },
    commit: (inner) => (commit, signal) => inner.commit(counted.expectingWhatIsThere(commit), signal),
    discard: counted.discard,
  });
}

/** The expected counts of a commit replaced by what was staged: a destination that does not check them. */
export interface StagedCounts {
  staged(loadId: string, table: string, tableVersion: number, part: number, rows: number): void;
  expectingWhatIsThere(commit: LoadCommit): LoadCommit;
  readonly discard: NonNullable<SessionChanges["discard"]>;
}

export function countingStaged(): StagedCounts {
  const counts = new Map<string, { readonly version: string; readonly rows: number }>();
  const versionKey = (...key: readonly (string | number)[]): string => JSON.stringify(key);
  return {
    staged(loadId, table, tableVersion, part, rows) {
      counts.set(versionKey(loadId, table, tableVersion, part), {
        version: versionKey(loadId, table, tableVersion),
        rows,
      });
    },
    expectingWhatIsThere(commit) {
      const stagedOf = (table: string, tableVersion: number): number =>
        [...counts.values()]
          .filter(({ version }) => version === versionKey(commit.loadId, table, tableVersion))
          .reduce((sum, { rows }) => sum + rows, 0);
      return {
        ...commit,
        chains: commit.chains.map((chain) => ({
          ...chain,
          tables: chain.tables.map((staged) => ({
            ...staged,
            versions: staged.versions.map((version) => ({
              ...version,
              rows: stagedOf(staged.table.name, version.tableVersion),
            })),
          })),
        })),
      };
    },
    discard: (inner) => async (loadId, signal) => {
      for (const [key, { version }] of counts)
        if (version.startsWith(`[${JSON.stringify(loadId)},`)) counts.delete(key);
      await inner.discard(loadId, signal);
    },
  };
}
