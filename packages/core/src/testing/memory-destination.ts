import { systemClock } from "../async/clock.ts";
import type { Clock } from "../async/clock.ts";
import type { Capabilities } from "../destination/capabilities.ts";
import { contractVersion, type Destination } from "../destination/destination.ts";
import { dataTypes } from "../schema/data-types.ts";
import { MemorySession, type MemoryStore } from "./memory-session.ts";

/** What {@link memoryDestination} may be told. */
export interface MemoryDestinationOptions {
  /** For messages and reports. Default `"memory"`. */
  readonly name?: string | undefined;
  /** The clock of leases. Default: the machine's. */
  readonly clock?: Pick<Clock, "now"> | undefined;
  /** Members to state otherwise, for example a limit to test against. What memory can't do can't be claimed this way. */
  readonly capabilities?: Partial<Capabilities> | undefined;
}

/** What the memory destination can do. */
export const memoryCapabilities: Capabilities = {
  maxColumnNameLength: 65_536,
  maxTableNameLength: 65_536,
  identifierLengthUnit: "code-points",
  maxColumnsPerTable: Number.POSITIVE_INFINITY,
  dataTypes,
  decimalPrecision: { precision: 38, scale: 9 },
  widenings: [
    { from: "bigint", to: "decimal" },
    { from: "bigint", to: "double", looksAtValues: true },
  ],
  writeDispositions: ["append", "replace", "merge"],
  mergeStrategies: ["delete-insert", "upsert", "insert-only", "scd2"],
  mergeHints: ["merge-key", "dedup-sort", "hard-delete"],
  transactionalDdl: true,
  maxTablesPerCommit: Number.POSITIVE_INFINITY,
  sharedStaging: false,
  guarantee: "exactly-once",
};

/**
 * A destination that keeps its datasets in memory: complete, small, and gone with the process. For tests of pipelines, and as the
 * worked example of the contract. Two sessions of one destination see the same datasets; two destinations share nothing.
 *
 * `query` understands one statement, `SELECT * FROM "table"` (quotes doubled inside a name), and refuses any other with a
 * `DestinationError` of code `query_unsupported`. Other widenings than those of bigint to decimal and double are refused with an
 * `UnsupportedError`.
 *
 * @example
 * ```ts
 * const destination = memoryDestination();
 * await createPipeline({ name: "shop", destination, dataset: "shop_data" }).run(shop);
 * await using session = await destination.open({ dataset: "shop_data", purpose: "read", signal: AbortSignal.timeout(1000) });
 * console.log(await session.query('SELECT * FROM "orders"'));
 * ```
 */
export function memoryDestination(options: MemoryDestinationOptions = {}): Destination {
  const capabilities = { ...memoryCapabilities, ...options.capabilities };
  const clock = options.clock ?? systemClock;
  const store: MemoryStore = { datasets: new Map(), capabilities, now: () => clock.now() };
  return {
    name: options.name ?? "memory",
    contractVersion,
    capabilities,
    dltType: "dlt.destinations.memory",
    location: "memory of this process",
    async open(context) {
      context.signal.throwIfAborted();
      return new MemorySession(store, context);
    },
  };
}
