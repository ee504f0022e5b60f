import { DuckDBDataChunk } from "@duckdb/node-api";
import type { DuckDBAppender, DuckDBConnection, DuckDBType } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import type { RowBatch } from "@typeload/core";
import type { BulkLoadRequest } from "@typeload/destination-sql";
import { cellWriter, writeConstant, writeNulls, writeOrdinals, writeValidity } from "./duckdb-vectors.ts";
import type { CellWriter } from "./duckdb-vectors.ts";

/** How many rows an appender gathers before they go to the table: bounds memory. */
const rowsPerFlush = 20_480;

/**
 * Writes batches into a temporary table by data chunks: each column of a batch is copied into a vector of up to 2,048 rows, no value
 * goes alone. The appender is closed when this returns: rows of an open one would come after the COMMIT.
 */
export async function bulkLoad(
  connection: DuckDBConnection,
  request: BulkLoadRequest,
  batches: AsyncIterable<RowBatch>,
  signal: AbortSignal,
): Promise<number> {
  // Names in table order: an appender knows its columns by position.
  const described = await connection.runAndReadAll(
    "SELECT column_name FROM duckdb_columns() WHERE database_name = 'temp' AND table_name = $1 ORDER BY column_index",
    [request.table.name],
  );
  const names = described.getRows().map(([name]) => String(name));
  const appender = await connection.createAppender(request.table.name, "main", "temp");
  let rows = 0;
  try {
    const chunk = new StagingChunk(appender, names, request);
    let unflushed = 0;
    for await (const batch of batches) {
      signal.throwIfAborted();
      chunk.append(batch);
      rows += batch.rowCount;
      unflushed += batch.rowCount;
      if (unflushed >= rowsPerFlush) {
        appender.flushSync();
        unflushed = 0;
      }
    }
  } catch (error) {
    // The transaction is rolled back: what the appender still holds must not be written by closing it.
    appender.clear();
    appender.closeSync();
    throw error;
  }
  appender.closeSync();
  return rows;
}

/** One reusable data chunk in the shape of the staging table. */
class StagingChunk {
  readonly #appender: DuckDBAppender;
  readonly #request: BulkLoadRequest;
  readonly #types: readonly DuckDBType[];
  readonly #chunk: DuckDBDataChunk;
  /** For each column of the table: where it is in the batch; ours and missing ones are -1. */
  readonly #sources: readonly number[];
  readonly #names: readonly string[];
  #writers: readonly (CellWriter | undefined)[] | undefined;

  constructor(appender: DuckDBAppender, names: readonly string[], request: BulkLoadRequest) {
    this.#appender = appender;
    this.#request = request;
    this.#names = names;
    this.#types = names.map((_, index) => appender.columnType(index));
    this.#chunk = DuckDBDataChunk.create(this.#types);
    this.#sources = names.map((name) => request.columns.findIndex((column) => column.name === name));
    const missing = request.columns.find((column) => !names.includes(column.name));
    if (missing !== undefined) throw new Error(`staging table ${request.table.name} has no column ${missing.name}`);
  }

  append(batch: RowBatch): void {
    this.#writers ??= this.#sources.map((source, index) => {
      const [type, column] = [this.#types[index], batch.columns[source]];
      return type === undefined || column === undefined ? undefined : cellWriter(type, column);
    });
    const capacity = duckdb.vector_size();
    for (let start = 0; start < batch.rowCount; start += capacity) {
      this.#appendSlice(batch, start, Math.min(capacity, batch.rowCount - start));
    }
  }

  #appendSlice(batch: RowBatch, start: number, count: number): void {
    this.#chunk.reset();
    this.#chunk.rowCount = count;
    this.#names.forEach((name, index) => {
      const vector = duckdb.data_chunk_get_vector(this.#chunk.chunk, index);
      const column = batch.columns[this.#sources[index] ?? -1];
      const writer = this.#writers?.[index];
      if (column !== undefined && writer !== undefined) {
        writeValidity(vector, column, start, count);
        writer(vector, batch, column, start, count);
      } else if (name === this.#request.ordinalColumn) writeOrdinals(vector, batch, start, count);
      else if (name === this.#request.partColumn) writeConstant(vector, this.#request.part, count);
      else writeNulls(vector, count);
    });
    this.#appender.appendDataChunk(this.#chunk);
  }
}
