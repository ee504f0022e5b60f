import { DestinationError } from "@typeload/core";

/** Databases that every DuckDB has, so that `"temp"."t"` would be ambiguous, and schemas that belong to DuckDB itself. */
export const reservedNames: ReadonlySet<string> = new Set([
  "memory",
  "system",
  "temp",
  "information_schema",
  "pg_catalog",
]);

/**
 * Refuses a dataset whose name means something else to DuckDB, in any case of letters. `main`, DuckDB's own schema, is a dataset like any.
 * @throws DestinationError `reserved_dataset`.
 */
export function refuseReservedDataset(dataset: string): void {
  if (!reservedNames.has(dataset.toLowerCase())) return;
  throw new DestinationError(
    `dataset "${dataset}" cannot be made in DuckDB: ${[...reservedNames].join(", ")} are names of its own. Give the pipeline another dataset, for example "${dataset}_data".`,
    { code: "reserved_dataset" },
  );
}
