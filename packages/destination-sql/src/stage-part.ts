import type { AlteredCells, Column, RowBatch, StagePart, StagedPart } from "@typeload/core";
import type { SqlConnection, TableName } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { renderSql } from "./sql-text.ts";
import type { Sql } from "./sql-text.ts";
import { addColumn } from "./statements/alter-table.ts";
import { createSchema, typedColumns } from "./statements/create-table.ts";
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
 */
export async function stagePart(
  connection: SqlConnection,
  dialect: SqlDialect,
  dataset: string,
  part: StagePart,
  batches: AsyncIterable<RowBatch> | Iterable<RowBatch>,
  signal: AbortSignal,
): Promise<StagedPart> {
  const schema = stagingSchema(dataset, dialect);
  const table: TableName = { schema, name: stagingName(part.loadId, part.table.name, part.tableVersion, dialect) };
  return await connection.transaction(async (transaction) => {
    const run = async (statement: Sql): Promise<void> => {
      await transaction.execute(renderSql(statement, dialect), signal);
    };
    if (schema !== undefined) await run(createSchema(schema));
    await run(createStagingTable(table, typedColumns(part.table), dialect));
    await run(deletePart(table, part.part));
    const present = new Set<string>();
    let staged = 0;
    const altered: AlteredCells[] = [];
    for await (const stretch of stretches(batches)) {
      signal.throwIfAborted();
      for (const column of stretch.columns) {
        if (present.has(column.name)) continue;
        // Also columns the table was made with: an earlier call may have made it with fewer.
        await run(addColumn(tableSql(table), column, dialect));
        present.add(column.name);
      }
      const request = { table, columns: stretch.columns, ordinalColumn, partColumn, part: part.part };
      const loaded = await transaction.bulkLoad(request, stretch.batches, signal);
      staged += loaded.rows;
      altered.push(...(loaded.altered ?? []));
    }
    return altered.length === 0 ? { rows: staged } : { rows: staged, altered };
  }, signal);
}

interface Stretch {
  readonly columns: readonly Column[];
  readonly batches: AsyncIterable<RowBatch>;
}

/** Cuts batches where their columns change, without holding more than one batch. Each stretch is read to its end before the next. */
async function* stretches(batches: AsyncIterable<RowBatch> | Iterable<RowBatch>): AsyncGenerator<Stretch> {
  const source = (async function* () {
    yield* batches;
  })();
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
