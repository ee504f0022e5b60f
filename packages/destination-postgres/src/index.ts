import type { Destination } from "@typeload/core";
import { createSqlDestination } from "@typeload/destination-sql";
import { postgresCapabilities } from "./postgres-capabilities.ts";
import { connectPostgres } from "./postgres-connection.ts";
import { postgresDialect } from "./postgres-dialect.ts";
import { resolvePostgresOptions } from "./postgres-options.ts";
import type { PostgresOptions } from "./postgres-options.ts";

/**
 * Loads into Postgres (14 or newer): COPY BINARY into staging tables of schema `<dataset>_staging`, then one transaction that makes rows,
 * state and load row visible together.
 *
 * @param options a URL, or {@link PostgresOptions}; without either, the `PG*` variables
 * @throws ConfigurationError for an option that cannot work. Whether the server can be reached shows when a run opens it.
 * @example
 * ```ts
 * const destination = postgres("postgres://loader@localhost:5432/warehouse"); // password: PGPASSWORD
 * ```
 */
export function postgres(options: string | PostgresOptions = {}): Destination {
  const settings = resolvePostgresOptions(options);
  return createSqlDestination({
    name: "postgres",
    dltType: "dlt.destinations.postgres",
    location: settings.location,
    capabilities: postgresCapabilities,
    dialect: postgresDialect,
    connect: (context) => connectPostgres(settings, context),
  });
}

export type { PostgresOptions } from "./postgres-options.ts";
