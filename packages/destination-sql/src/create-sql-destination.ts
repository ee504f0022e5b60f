import { ConfigurationError, contractVersion } from "@typeload/core";
import type { Capabilities, Destination, OpenContext } from "@typeload/core";
import type { SqlConnection } from "./sql-connection.ts";
import type { SqlDialect } from "./sql-dialect.ts";
import { SqlSession } from "./sql-session.ts";

/** What an engine brings to {@link createSqlDestination}. */
export interface SqlDestinationOptions {
  /** `duckdb`, `postgres` … */
  readonly name: string;
  /** dlt's name of it: `dlt.destinations.duckdb`. */
  readonly dltType: string;
  /** Where the data goes, without credentials. */
  readonly location: string;
  readonly capabilities: Capabilities;
  readonly dialect: SqlDialect;
  /** Opens the connection of one session. With `purpose: "read"` it must write nothing, not even an empty file. */
  readonly connect: (context: OpenContext) => Promise<SqlConnection>;
}

/**
 * Makes a destination from a dialect and a connection: everything that SQL engines share (layout, staging, merge, the one commit
 * transaction, lease) is written here once.
 *
 * @example
 * ```ts
 * return createSqlDestination({ name: "duckdb", dltType: "dlt.destinations.duckdb", location: path, capabilities, dialect, connect });
 * ```
 */
export function createSqlDestination(options: SqlDestinationOptions): Destination {
  return {
    name: options.name,
    contractVersion,
    capabilities: options.capabilities,
    dltType: options.dltType,
    location: options.location,
    open: async (context) => {
      checkDataset(context.dataset, options);
      return new SqlSession(options, context, await options.connect(context));
    },
  };
}

/** An engine would cut the name, and write into a schema of another one. */
function checkDataset(dataset: string, { name, dialect }: SqlDestinationOptions): void {
  if (Buffer.byteLength(dataset) <= dialect.maxTableNameBytes) return;
  throw new ConfigurationError(
    `dataset ${JSON.stringify(dataset)}: ${name} takes names of at most ${dialect.maxTableNameBytes} bytes. Give it a shorter one.`,
  );
}
