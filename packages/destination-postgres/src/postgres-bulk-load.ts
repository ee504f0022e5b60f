import { pipeline } from "node:stream/promises";
import { ConfigurationError } from "@typeload/core";
import type { RowBatch, StagedPart } from "@typeload/core";
import { identifier, joinSql, renderSql, sql } from "@typeload/destination-sql";
import type { BulkLoadRequest } from "@typeload/destination-sql";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { BinaryCopyWriter } from "./binary-copy-writer.ts";
import { cellEncoder, encodeInt64 } from "./encode-cells.ts";
import type { CellEncoder } from "./encode-cells.ts";
import { postgresDialect } from "./postgres-dialect.ts";

/** What {@link copyIn} says of cells it could not write as they came. */
const replaced = "NUL, or half of a surrogate pair, became U+FFFD, since Postgres stores neither";

/** Bytes gathered before they go to the socket. */
const chunkBytes = 256 * 1024;

/**
 * Writes batches into a table by `COPY … FROM STDIN (FORMAT binary)`, straight from the cells: no text form, no value a parameter.
 * A broken source or a failing row ends the COPY and leaves the connection usable after ROLLBACK.
 *
 * @returns rows the server counted, and the columns in which characters had to be replaced
 */
export async function copyIn(
  client: ClientBase,
  request: BulkLoadRequest,
  batches: AsyncIterable<RowBatch>,
  signal: AbortSignal,
): Promise<StagedPart> {
  const stream = client.query(copyFrom(copyStatement(request)));
  const altered = new Map<string, number>();
  await pipeline(encodeBatches(request, batches, altered), stream, { signal });
  return { rows: stream.rowCount, altered: [...altered].map(([column, cells]) => ({ column, cells, how: replaced })) };
}

/** The bytes of the COPY, in chunks of about {@link chunkBytes}; a larger value makes a larger chunk. Counts cells it had to alter, by column. */
export async function* encodeBatches(
  request: BulkLoadRequest,
  batches: AsyncIterable<RowBatch>,
  altered: Map<string, number> = new Map(),
): AsyncGenerator<Buffer, void> {
  const writer = new BinaryCopyWriter(chunkBytes);
  writer.header();
  for await (const batch of batches) {
    const encoders = encodersOf(request, batch, altered);
    for (let row = 0; row < batch.rowCount; row += 1) {
      writer.int16(encoders.length + 2);
      for (const encode of encoders) encode(writer, row);
      encodeInt64(writer, BigInt(batch.ordinals[row] ?? 0));
      encodeInt64(writer, BigInt(request.part));
      if (writer.length >= chunkBytes) yield writer.take();
    }
  }
  writer.int16(-1);
  yield writer.take();
}

function copyStatement({ table, columns, ordinalColumn, partColumn }: BulkLoadRequest): string {
  const target = table.schema === undefined ? identifier(table.name) : identifier(table.schema, table.name);
  const names = [...columns.map(({ name }) => name), ordinalColumn, partColumn].map((name) => identifier(name));
  return renderSql(sql`COPY ${target} (${joinSql(names, ", ")}) FROM STDIN (FORMAT binary)`, postgresDialect).text;
}

function encodersOf({ columns }: BulkLoadRequest, batch: RowBatch, altered: Map<string, number>): CellEncoder[] {
  return columns.map(({ name }, index) => {
    const vector = batch.columns[index];
    if (vector?.column.name !== name) {
      throw new ConfigurationError(
        `a batch of ${batch.table.name} has other columns than announced: ${name} is missing at place ${index}`,
      );
    }
    return cellEncoder(vector, batch.bytes, () => void altered.set(name, (altered.get(name) ?? 0) + 1));
  });
}
