import { DuckDBDataChunk } from "@duckdb/node-api";
import type { DuckDBAppender, DuckDBConnection, DuckDBType } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import type { RowBatch } from "@typeload/core";
import type { BulkLoadRequest } from "@typeload/destination-sql";
import { cellWriter, writeConstant, writeNulls, writeOrdinals, writeValidity } from "./duckdb-vectors.ts";
import type { CellWriter } from "./duckdb-vectors.ts";

/** How much an appender gathers, outside of DuckDB's memory limit, before it goes to the table: bounds memory. */
const rowsPerFlush = 20_480;
const bytesPerFlush = 16 * 1024 * 1024;

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
    let unflushedRows = 0;
    let unflushedBytes = 0;
    for await (const batch of batches) {
      signal.throwIfAborted();
      chunk.append(batch);
      rows += batch.rowCount;
      unflushedRows += batch.rowCount;
      unflushedBytes += cellBytes(batch);
      if (unflushedRows >= rowsPerFlush || unflushedBytes >= bytesPerFlush) {
        appender.flushSync();
        unflushedRows = 0;
        unflushedBytes = 0;
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

/** Bytes of all cells of variable length. The batch's buffer says too little: cells may share bytes of it, and are copied one by one. */
function cellBytes({ columns, rowCount }: RowBatch): number {
  let bytes = 0;
  for (const column of columns) {
    if (column.physical !== "bytes") continue;
    for (let row = 0; row < rowCount; row++) if (column.valid[row] === 1) bytes += column.lengths[row] ?? 0;
  }
  return bytes;
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
