import type { DestinationSession } from "../destination/destination.ts";
import { StagedCountError } from "../destination/destination-error.ts";
import type { LoggedPage } from "../extract/load-package.ts";
import type { Normalizer } from "../normalize/normalizer.ts";
import type { RowBatch } from "../normalize/row-batch.ts";

/** What {@link stagePackage} works with. */
export interface StagePackageOptions {
  readonly loadId: string;
  readonly session: DestinationSession;
  readonly normalizer: Normalizer;
  readonly pages: AsyncIterable<LoggedPage>;
  /** Resources whose pages are passed over. */
  readonly refused: ReadonlyMap<string, unknown>;
  readonly signal: AbortSignal;
  staged(table: string, rows: number): void;
}

/** Turns the pages of a package into rows and stages them. Whenever the schema grew, the destination is prepared before the rows come. */
export async function stagePackage(options: StagePackageOptions): Promise<void> {
  const { loadId, session, normalizer, pages, refused, signal, staged } = options;
  const parts = new Map<string, number>();
  const tables = new Set<string>();
  let prepared = -1;

  async function stage(batches: readonly RowBatch[]): Promise<void> {
    if (batches.length === 0) return;
    const known = tables.size;
    for (const batch of batches) tables.add(batch.table.name);
    if (tables.size > known || normalizer.changes.length > prepared) {
      prepared = normalizer.changes.length;
      await session.prepare({ schema: normalizer.schema, tables: [...tables] }, signal);
    }
    for (const batch of batches) {
      signal.throwIfAborted();
      const { table, tableVersion, rowCount } = batch;
      const key = `${tableVersion} ${table.name}`;
      const part = parts.get(key) ?? 0;
      parts.set(key, part + 1);
      const { rows } = await session.stage({ loadId, table, tableVersion, part }, [batch], signal);
      if (rows !== rowCount) {
        throw new StagedCountError(
          `load ${loadId}: the destination took ${rows} of ${rowCount} rows of ${table.name} (part ${part})`,
        );
      }
      staged(table.name, rows);
    }
  }

  for await (const page of pages) {
    if (!refused.has(page.resource)) await stage(normalizer.push(page).batches);
  }
  await stage(normalizer.flush());
}
