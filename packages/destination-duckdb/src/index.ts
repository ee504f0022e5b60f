import { resolve as resolvePath } from "node:path";
import type { Destination } from "@typeload/core";
import { createSqlDestination } from "@typeload/destination-sql";
import { duckdbCapabilities } from "./duckdb-capabilities.ts";
import { connectToFile, memoryDatabase } from "./duckdb-connection.ts";
import { duckdbDialect } from "./duckdb-dialect.ts";
import { resolveOptions } from "./duckdb-options.ts";
import type { DuckDbOptions } from "./duckdb-options.ts";

export type { DuckDbOptions } from "./duckdb-options.ts";

/**
 * A DuckDB file as destination. Rows, state and the load's row become visible in one transaction; the layout is dlt's, and a dataset
 * that dlt made can be continued.
 *
 * The file is open only while a session is: between sessions other programs may read it. Sessions of one process on the same file
 * come one after another. Opening one throws a `DestinationError` with `code` `file_locked` or `file_in_use` (both `retryable`),
 * `folder_missing`, `not_writable`, `disk_full`, `not_a_database` or `newer_file`.
 *
 * @example
 * ```ts
 * import { createPipeline } from "@typeload/core";
 * import { duckdb } from "@typeload/destination-duckdb";
 * const pipeline = createPipeline({ name: "shop", destination: duckdb({ path: "shop.duckdb" }), dataset: "shop_data" });
 * ```
 * @throws ConfigurationError when an option cannot work.
 */
export function duckdb(options: DuckDbOptions): Destination {
  const resolved = resolveOptions(options);
  return createSqlDestination({
    name: "duckdb",
    dltType: "dlt.destinations.duckdb",
    location: resolved.inMemory ? resolved.path : resolvePath(resolved.path),
    capabilities: duckdbCapabilities,
    dialect: duckdbDialect,
    connect: resolved.inMemory ? memoryDatabase(resolved) : (context) => connectToFile(resolved, context),
  });
}
