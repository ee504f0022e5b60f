import { basename } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { ConfigurationError } from "@typeload/core";
import { reservedNames } from "./duckdb-reserved-datasets.ts";

/** The name under which DuckDB's own tools know a file: what stands before the first dot. */
function stemOf(file: string): string {
  return basename(file).split(".", 1)[0] ?? "";
}

/**
 * The name under which a session knows the file: as DuckDB's own tools call it, but never the dataset's name, because `"a"."t"` would be
 * ambiguous then.
 */
export function catalogName(file: string, dataset: string): string {
  const stem = stemOf(file) || "database";
  const taken = new Set([dataset.toLowerCase(), "main", ...reservedNames]);
  return taken.has(stem.toLowerCase()) ? `${stem}_file` : stem;
}

/** Is the dataset called as DuckDB's own tools call the file? */
function isNamedLikeFile(file: string, dataset: string): boolean {
  return stemOf(file).toLowerCase() === dataset.toLowerCase();
}

/**
 * Refuses to make a dataset that is called like its file. One that is there already (made by dlt, say) stays usable.
 *
 * @param connection one that uses the file; `undefined`: there is no file yet
 * @throws ConfigurationError
 */
export async function refuseAmbiguousDataset(
  connection: DuckDBConnection | undefined,
  file: string,
  dataset: string,
): Promise<void> {
  if (!isNamedLikeFile(file, dataset)) return;
  const found = await connection?.runAndReadAll(
    "SELECT 1 FROM duckdb_schemas() WHERE database_name = current_database() AND lower(schema_name) = lower($1)",
    [dataset],
  );
  if ((found?.currentRowCount ?? 0) > 0) return;
  throw new ConfigurationError(
    `${file}: a dataset "${dataset}" in a file of that name cannot be queried well: DuckDB calls the file "${stemOf(file)}" too, so that ` +
      `${dataset}.some_table is ambiguous. Name the dataset otherwise, for example dataset: "${dataset}_data", or the file`,
    { code: "dataset_named_like_file" },
  );
}
