import type { AlteredCells, Column, RowBatch, StagePart, StagedPart } from "@typeload/core";
import type { SqlConnection, TableName } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";
import type { StagedSoFar } from "./staged-so-far.ts";
import { watchSource } from "./watch-source.ts";
import { addColumn } from "./statements/alter-table.ts";
import { typedColumns } from "./statements/create-table.ts";
import {
  createStagingTable,
  deletePart,
  ordinalColumn,
  partColumn,
  stagingName,
  stagingSchema,
  tableSql,
} from "./statements/staging.ts";

/**
 * Brings one part of a table to its staging table, in one transaction: what an earlier call may have left of the part goes, then the
 * batches are bulk-loaded. Batches may gain columns on the way; each stretch with the same columns is one bulk load.
 *
 * @throws what the source of the batches throws, as it is
 */
export async function stagePart(
  connection: SqlConnection,
  dialect: SqlDialect,
  dataset: string,
  soFar: StagedSoFar,
  part: StagePart,
  batches: AsyncIterable<RowBatch> | Iterable<RowBatch>,
  signal: AbortSignal,
): Promise<StagedPart> {
  const schema = stagingSchema(dataset, dialect);
  const table: TableName = { schema, name: stagingName(part.loadId, part.table.name, part.tableVersion, dialect) };
  const source = watchSource(batches, signal);
  try {
    const { columns, parts, done } = await connection.transaction(async (transaction) => {
      const run = async (statement: Sql): Promise<void> => {
        await transaction.execute(renderSql(statement, dialect), signal);
      };
      const before = await soFar.find(transaction, table, signal);
      if (before === undefined) await run(createStagingTable(table, typedColumns(part.table), dialect));
      else if (before.parts.has(part.part)) await run(deletePart(table, part.part));
      const present = new Set(before?.columns ?? typedColumns(part.table).map(({ name }) => name));
      let staged = 0;
      const altered: AlteredCells[] = [];
      for await (const stretch of stretches(source.items)) {
        signal.throwIfAborted();
        for (const column of stretch.columns) {
          if (present.has(column.name)) continue;
          await run(addColumn(tableSql(table), column, dialect));
          present.add(column.name);
        }
        const request = { table, columns: stretch.columns, ordinalColumn, partColumn, part: part.part };
        const loaded = await transaction.bulkLoad(request, stretch.batches, signal);
        staged += loaded.rows;
        altered.push(...(loaded.altered ?? []));
      }
      const held = new Set(before?.parts).add(part.part);
      return {
        columns: present,
        parts: held,
        done: altered.length === 0 ? { rows: staged } : { rows: staged, altered },
      };
    }, signal);
    soFar.remember(table, { columns, parts });
    return done;
  } catch (error) {
    throw source.failure === undefined || signal.aborted ? error : source.failure.error;
  }
}

interface Stretch {
  readonly columns: readonly Column[];
  readonly batches: AsyncIterable<RowBatch>;
}

/** Cuts batches where their columns change, without holding more than one batch. Each stretch is read to its end before the next. */
async function* stretches(source: AsyncGenerator<RowBatch, void>): AsyncGenerator<Stretch> {
  try {
    let next = await source.next();
    while (next.done !== true) {
      const columns = next.value.columns.map(({ column }) => column);
      const stretch = async function* (): AsyncGenerator<RowBatch> {
        while (next.done !== true && sameColumns(columns, next.value)) {
          yield next.value;
          next = await source.next();
        }
      };
      yield { columns, batches: stretch() };
    }
  } finally {
    await source.return(undefined);
  }
}

function sameColumns(columns: readonly Column[], batch: RowBatch): boolean {
  return (
    columns.length === batch.columns.length &&
    columns.every((column, index) => column.name === batch.columns[index]?.column.name)
  );
}
