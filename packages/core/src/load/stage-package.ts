import type { AlteredCells, DestinationSession } from "../destination/destination.ts";
import { StagedCountError } from "../destination/destination-error.ts";
import type { LoggedPage } from "../extract/load-package.ts";
import type { Normalizer } from "../normalize/normalizer.ts";
import type { RowBatch } from "../normalize/row-batch.ts";
import { withQuarantine } from "./with-quarantine.ts";

/** What {@link stagePackage} works with. */
export interface StagePackageOptions {
  readonly loadId: string;
  readonly session: DestinationSession;
  readonly normalizer: Normalizer;
  readonly pages: AsyncIterable<LoggedPage>;
  readonly signal: AbortSignal;
  /** Pages of these are passed over. */
  leavesOut(page: Pick<LoggedPage, "resource" | "partition">): boolean;
  /** Called before each part. */
  keepLease(): Promise<void>;
  staged(table: string, rows: number): void;
}

/** What a destination altered of one table. */
export interface AlteredTable extends AlteredCells {
  readonly table: string;
}

/**
 * Turns the pages of a package into rows and stages them. Whenever the schema grew, the destination is prepared before the rows come.
 * Gives what the destination could not store as it came.
 */
export async function stagePackage(options: StagePackageOptions): Promise<readonly AlteredTable[]> {
  const { loadId, session, normalizer, pages, signal, leavesOut, keepLease, staged } = options;
  const parts = new Map<string, number>();
  const tables = new Set<string>();
  const altered = new Map<string, AlteredTable>();
  let prepared = -1;

  async function stage(batches: readonly RowBatch[]): Promise<void> {
    if (batches.length === 0) return;
    const known = tables.size;
    for (const batch of batches) tables.add(batch.table.name);
    if (tables.size > known || normalizer.changes.length > prepared) {
      prepared = normalizer.changes.length;
      await session.prepare({ schema: withQuarantine(normalizer.schema), tables: [...tables] }, signal);
    }
    for (const batch of batches) {
      signal.throwIfAborted();
      await keepLease();
      const { table, tableVersion, rowCount } = batch;
      const key = `${tableVersion} ${table.name}`;
      const part = parts.get(key) ?? 0;
      parts.set(key, part + 1);
      const done = await session.stage({ loadId, table, tableVersion, part }, [batch], signal);
      const { rows } = done;
      if (rows !== rowCount) {
        throw new StagedCountError(
          `load ${loadId}: the destination took ${rows} of ${rowCount} rows of ${table.name} (part ${part})`,
        );
      }
      staged(table.name, rows);
      for (const { column, cells, how } of done.altered ?? []) {
        const place = JSON.stringify([table.name, column, how]);
        const before = altered.get(place)?.cells ?? 0;
        altered.set(place, { table: table.name, column, cells: before + cells, how });
      }
    }
  }

  for await (const page of pages) {
    if (!leavesOut(page)) await stage(normalizer.push(page).batches);
  }
  await stage(normalizer.flush());
  return [...altered.values()];
}
