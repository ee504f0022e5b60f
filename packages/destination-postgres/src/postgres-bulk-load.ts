import { pipeline } from "node:stream/promises";
import { ConfigurationError } from "@typeload/core";
import type { RowBatch } from "@typeload/core";
import { identifier, joinSql, renderSql, sql } from "@typeload/destination-sql";
import type { BulkLoadRequest } from "@typeload/destination-sql";
import type { ClientBase } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { BinaryCopyWriter } from "./binary-copy-writer.ts";
import { cellEncoder, encodeInt64 } from "./encode-cells.ts";
import type { CellEncoder } from "./encode-cells.ts";
import { postgresDialect } from "./postgres-dialect.ts";

/** Bytes gathered before they go to the socket. */
const chunkBytes = 256 * 1024;

/**
 * Writes batches into a table by `COPY … FROM STDIN (FORMAT binary)`, straight from the cells: no text form, no value a parameter.
 * A broken source or a failing row ends the COPY and leaves the connection usable after ROLLBACK.
 *
 * @returns rows the server counted
 */
export async function copyIn(
  client: ClientBase,
  request: BulkLoadRequest,
  batches: AsyncIterable<RowBatch>,
  signal: AbortSignal,
): Promise<number> {
  const stream = client.query(copyFrom(copyStatement(request)));
  await pipeline(encodeBatches(request, batches), stream, { signal });
  return stream.rowCount;
}

/** The bytes of the COPY, in chunks of about {@link chunkBytes}; a larger value makes a larger chunk. */
export async function* encodeBatches(
  request: BulkLoadRequest,
  batches: AsyncIterable<RowBatch>,
): AsyncGenerator<Buffer, void> {
  const writer = new BinaryCopyWriter(chunkBytes);
  writer.header();
  for await (const batch of batches) {
    const encoders = encodersOf(request, batch);
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

function encodersOf({ columns }: BulkLoadRequest, batch: RowBatch): CellEncoder[] {
  return columns.map(({ name }, index) => {
    const vector = batch.columns[index];
    if (vector?.column.name !== name) {
      throw new ConfigurationError(
        `a batch of ${batch.table.name} has other columns than announced: ${name} is missing at place ${index}`,
      );
    }
    return cellEncoder(vector, batch.bytes);
  });
}
