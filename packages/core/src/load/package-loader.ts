import type { Clock } from "../async/clock.ts";
import type { Random } from "../async/random.ts";
import type { Destination, DestinationSession, Lease } from "../destination/destination.ts";
import type { CommitResult, StateRow, TableChain } from "../destination/load-commit.ts";
import { RunAbortedError, isTypeloadError } from "../errors.ts";
import type { PackageManifest, PackageStore } from "../extract/load-package.ts";
import { createNormalizer } from "../normalize/normalizer.ts";
import type { Schema, SchemaChange } from "../schema/schema.ts";
import { storeSchema } from "../schema/store-schema.ts";
import type { PartitionRecord } from "../source/partition.ts";
import type { Resource } from "../source/resource.ts";
import { PackageLoadError, type ReplaceRefusedError } from "./load-errors.ts";
import { refuseIncomplete } from "./refuse-incomplete.ts";
import { backOff, maximumAttempts, mayRetry } from "./retry-policy.ts";
import { type AlteredTable, stagePackage } from "./stage-package.ts";
import { tableChains } from "./table-chains.ts";

/** What {@link PackageLoader} works with. */
export interface PackageLoaderOptions {
  readonly destination: Destination;
  readonly dataset: string;
  readonly pipeline: string;
  readonly lease: Lease;
  readonly store: PackageStore;
  /** All resources of the source, by name. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** As stored, when the run began. */
  readonly schema: Schema;
  readonly clock: Clock;
  readonly random: Random;
  /** The state to be written with the next commit, if it is not stored yet. */
  pendingState(loadId: string): StateRow | undefined;
  stateStored(): void;
  batchStaged(loadId: string, table: string, rows: number): void;
}

/** What became of a package. */
export interface LoadedPackage {
  readonly manifest: PackageManifest;
  /** `nothing`: all of it was refused, so there was nothing to commit. */
  readonly outcome: "committed" | "already-committed" | "nothing";
  readonly tables: CommitResult["tables"];
  readonly chains: readonly TableChain[];
  readonly changes: readonly SchemaChange[];
  /** What the destination could not store as it came. */
  readonly altered: readonly AlteredTable[];
  readonly refused: ReadonlyMap<string, ReplaceRefusedError | undefined>;
  readonly partitions: readonly PartitionRecord[];
}

/** Loads the packages of one run, one after another. Each one builds on the schema that the one before has left. */
export class PackageLoader {
  readonly #options: PackageLoaderOptions;
  /** Columns whose wider type the destination refused, as `[table, column]` in JSON. */
  readonly #refusedWidenings = new Set<string>();
  #schema: Schema;

  constructor(options: PackageLoaderOptions) {
    this.#options = options;
    this.#schema = options.schema;
  }

  /**
   * Loads a package and removes it. What can be mended by trying again is tried again, from the page log, a bounded number of times.
   *
   * @throws PackageLoadError when it cannot be loaded; LeaseLostError when another run took over; CommitUnknownError when the
   * destination did not say in time whether it committed.
   */
  async load(manifest: PackageManifest, signal: AbortSignal): Promise<LoadedPackage> {
    const { store } = this.#options;
    const refused = refuseIncomplete(manifest, this.#options.resources);
    const partitions = manifest.partitions
      .filter(({ resource }) => !refused.has(resource))
      .map(({ resource, partition, verdict }) => {
        return { resource, partition, verdict, runId: manifest.runId, loadId: manifest.loadId };
      });
    let loaded: Pick<LoadedPackage, "outcome" | "tables" | "chains" | "changes" | "altered">;
    if (partitions.length === 0) loaded = { outcome: "nothing", tables: {}, chains: [], changes: [], altered: [] };
    else loaded = await this.#attempts(manifest, refused, partitions, signal);
    await store.remove(manifest.loadId);
    return { manifest, refused, partitions, ...loaded };
  }

  async #attempts(
    manifest: PackageManifest,
    refused: LoadedPackage["refused"],
    partitions: readonly PartitionRecord[],
    signal: AbortSignal,
  ): Promise<Pick<LoadedPackage, "outcome" | "tables" | "chains" | "changes" | "altered">> {
    const { clock, random, store } = this.#options;
    /** Set once a commit may have happened: from then on nothing may be called failed before the destination was asked. */
    let unknown: { readonly error: unknown } | undefined;
    for (let attempt = 0; ; attempt++) {
      try {
        signal.throwIfAborted();
        await using session = await this.#open(signal);
        if (unknown !== undefined && (await this.#isFinished(session, manifest.loadId, signal))) {
          return { outcome: "already-committed", tables: {}, chains: [], changes: [], altered: [] };
        }
        // What an earlier process or attempt may have staged.
        await session.discard(manifest.loadId, signal);
        return await this.#attempt(session, manifest, refused, partitions, signal);
      } catch (error) {
        const code = isTypeloadError(error) ? error.code : undefined;
        if (code === "commit_unknown") unknown = { error };
        // Once a column: then its misfits go to a variant column, and prepare is not asked for it again.
        if (this.#keepsTypeFromNowOn(error)) {
          attempt--;
          continue;
        }
        if (signal.aborted && unknown === undefined)
          throw new RunAbortedError("loading was ended before the commit", { cause: error });
        if (mayRetry(error) && attempt + 1 < maximumAttempts && !signal.aborted) {
          await backOff(attempt, { clock, random }, signal);
          continue;
        }
        if (unknown !== undefined) throw unknown.error;
        const tellsEnough = ["lease_lost", "package_damaged", "aborted"];
        if (code !== undefined && tellsEnough.includes(code)) throw error;
        throw new PackageLoadError(manifest.loadId, `${store.location}/${manifest.loadId}`, error);
      }
    }
  }

  async #attempt(
    session: DestinationSession,
    manifest: PackageManifest,
    refused: LoadedPackage["refused"],
    partitions: readonly PartitionRecord[],
    signal: AbortSignal,
  ): Promise<Pick<LoadedPackage, "outcome" | "tables" | "chains" | "changes" | "altered">> {
    const { store, resources, destination, pipeline, lease, clock, batchStaged } = this.#options;
    const { loadId, runId } = manifest;
    const { capabilities } = destination;
    const normalizer = createNormalizer({
      schema: this.#schema,
      resources,
      capabilities,
      loadId,
      keepsType: (table, column) => this.#refusedWidenings.has(JSON.stringify([table, column])),
    });
    const altered = await stagePackage({
      loadId,
      session,
      normalizer,
      pages: store.read(loadId, signal),
      refused,
      signal,
      staged: (table, rows) => batchStaged(loadId, table, rows),
    });
    const { schema, text } = storeSchema(normalizer.schema);
    const loadedResources = new Set(partitions.map(({ resource }) => resource));
    const chains = tableChains(
      schema,
      normalizer.staged,
      [...loadedResources].flatMap((name) => resources.get(name) ?? []),
    );
    const tables = chains.flatMap((chain) => chain.tables.map(({ table }) => table.name));
    if (tables.length > 0) await session.prepare({ schema, tables }, signal);
    const state = this.#options.pendingState(loadId);
    const result = await session.commit(
      {
        loadId,
        runId,
        pipeline,
        lease,
        schema,
        storedSchema: text,
        chains,
        state,
        partitions,
        completeness: manifest.finishedResources.filter(({ resource }) => loadedResources.has(resource)),
        committedAt: new Date(clock.now()).toISOString(),
      },
      signal,
    );
    this.#schema = schema;
    if (state !== undefined) this.#options.stateStored();
    return {
      outcome: result.alreadyCommitted ? "already-committed" : "committed",
      tables: result.tables,
      chains,
      changes: [...normalizer.changes],
      altered,
    };
  }

  /** Was a widening refused that was not known to be refused? */
  #keepsTypeFromNowOn(error: unknown): boolean {
    if (!isTypeloadError(error) || error.code !== "widening_refused") return false;
    if (!("table" in error) || !("column" in error)) return false;
    const column = JSON.stringify([error.table, error.column]);
    if (this.#refusedWidenings.has(column)) return false;
    this.#refusedWidenings.add(column);
    return true;
  }

  #open(signal: AbortSignal): Promise<DestinationSession> {
    const { destination, dataset } = this.#options;
    return destination.open({ dataset, purpose: "load", signal });
  }

  /** A commit whose answer was lost: did it happen? Then its schema is the stored one now. */
  async #isFinished(session: DestinationSession, loadId: string, signal: AbortSignal): Promise<boolean> {
    const { pipeline } = this.#options;
    const stored = await session.read(
      { pipeline, schemaName: this.#schema.name, loadIds: [loadId], resources: [] },
      signal,
    );
    if (!stored.finishedLoads.has(loadId)) return false;
    this.#schema = stored.schema ?? this.#schema;
    this.#options.stateStored();
    return true;
  }
}
