import type { Clock } from "../async/clock.ts";
import type { Random } from "../async/random.ts";
import { TimeLimit } from "../async/time-limit.ts";
import { untilAborted } from "../async/until-aborted.ts";
import type { Capabilities } from "../destination/capabilities.ts";
import { CommitUnknownError } from "../destination/destination-error.ts";
import type { DestinationSession } from "../destination/destination.ts";
import type { StateRow } from "../destination/load-commit.ts";
import { RunAbortedError, isTypeloadError } from "../errors.ts";
import type { LoggedPartition, PackageManifest, PackageStore } from "../extract/load-package.ts";
import { createNormalizer } from "../normalize/normalizer.ts";
import type { Schema } from "../schema/schema.ts";
import { storeSchema } from "../schema/store-schema.ts";
import type { PartitionRecord } from "../source/partition.ts";
import type { Resource } from "../source/resource.ts";
import type { Loaded, LoadedPackage } from "./loaded-package.ts";
import type { LeaseKeeper } from "./lease-keeper.ts";
import { LoadIdTakenError, PackageLoadError } from "./load-errors.ts";
import { type PackagePart, partOfPackage } from "./part-of-package.ts";
import { repeatedVersions } from "./repeated-versions.ts";
import { requireTransforms } from "./require-transforms.ts";
import { backOff, maximumAttempts, mayRetry } from "./retry-policy.ts";
import { stagePackage } from "./stage-package.ts";
import { tableChains } from "./table-chains.ts";
import { withQuarantine } from "./with-quarantine.ts";

/** What {@link PackageLoader} works with. */
export interface PackageLoaderOptions {
  readonly capabilities: Capabilities;
  readonly pipeline: string;
  readonly runId: string;
  readonly keeper: LeaseKeeper;
  readonly store: Pick<PackageStore, "location" | "read" | "remove" | "setAside">;
  /** All resources of the source, by name. */
  readonly resources: ReadonlyMap<string, Resource>;
  /** As stored, when the run began. */
  readonly schema: Schema;
  readonly clock: Clock;
  readonly random: Random;
  /** The state to be written with the commit of these partitions, if it is not stored yet. */
  pendingState(loadId: string, partitions: readonly LoggedPartition[]): StateRow | undefined;
  stateStored(): void;
  batchStaged(loadId: string, table: string, rows: number): void;
}

/** How far the attempts to load a package have come. */
interface Progress {
  /** So often a commit was sent. */
  commits: number;
  /** What the last one was to bring about. */
  loaded: Omit<Loaded, "outcome">;
}

const none: Omit<Loaded, "outcome"> = { tables: {}, chains: [], changes: [], altered: [], discarded: [] };

/** How long a run that was ended still waits for the answer to a commit that was sent. */
const answerSeconds = 10;

/** Loads the packages of one run, one after another. Each one builds on the schema that the one before has left. */
export class PackageLoader {
  readonly #options: PackageLoaderOptions;
  /** Columns whose wider type the destination refused, as `[table, column]` in JSON. */
  readonly #refusedWidenings = new Set<string>();
  #schema: Schema;
  /** A commit was sent, and whether it happened is not known. */
  #sent = false;

  constructor(options: PackageLoaderOptions) {
    this.#options = options;
    this.#schema = options.schema;
  }

  /**
   * Loads a package and removes it. What can be mended by trying again is tried again, from the page log, a bounded number of times.
   * Once the signal is aborted nothing is waited for, except the answer to a commit that was sent.
   *
   * @param committed partitions that are committed; those that a newer load has committed are left out of an older package
   * @throws PackageLoadError when it cannot be loaded; LeaseLostError when another run took over; LoadIdTakenError when another load
   * has its id; CommitUnknownError when the destination did not say in time whether it committed.
   */
  async load(
    manifest: PackageManifest,
    signal: AbortSignal,
    committed: Iterable<PartitionRecord> = [],
  ): Promise<LoadedPackage> {
    const { loadId } = manifest;
    this.#sent = false;
    const loading = this.#load(manifest, signal, committed);
    try {
      return await untilAborted(loading, signal);
    } catch (error) {
      if (!signal.aborted || !this.#sent) throw error;
      const message = `load ${loadId}: COMMIT was sent, and no answer came within ${answerSeconds} s after the run was ended; the next run finds out whether it happened`;
      using limit = new TimeLimit(this.#options.clock, answerSeconds, new CommitUnknownError(message, { loadId }));
      return await untilAborted(loading, limit.signal);
    }
  }

  /** Forgets a package that is committed, or holds nothing. Gives remarks when it could not be removed: the next run tries again. */
  async remove(manifest: PackageManifest): Promise<LoadedPackage["notes"]> {
    const { store } = this.#options;
    try {
      await store.remove(manifest.loadId);
      return [];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return remarks(
        manifest,
        `load package ${manifest.loadId} is done with, but could not be removed from ${store.location}: ${why}. The next run removes it`,
      );
    }
  }

  async #load(
    manifest: PackageManifest,
    signal: AbortSignal,
    committed: Iterable<PartitionRecord>,
  ): Promise<LoadedPackage> {
    const { loadId } = manifest;
    requireTransforms(manifest, this.#options.resources);
    const part = partOfPackage(manifest, committed, this.#options.resources);
    const { refused, partitions, overtaken } = part;
    let loaded: Loaded;
    if (partitions.length > 0) loaded = await this.#attempts(manifest, part, signal);
    else loaded = { ...none, outcome: overtaken.size > 0 ? "overtaken" : "nothing" };
    const notes = [...overtaken].map(([resource, count]) => ({
      resource,
      message: `load package ${loadId} is older than what is stored: ${count} of its partitions were left out, because a newer load has read them again`,
    }));
    if (loaded.outcome === "already-committed") {
      const message = `load ${loadId} is committed, but the answer was lost: how many rows it changed is not known, and not in the counts`;
      notes.push(...remarks(manifest, message));
    }
    notes.push(...repeatedVersions(loaded));
    notes.push(...(await this.remove(manifest)));
    return { manifest, refused, partitions, notes, ...loaded };
  }

  async #attempts(manifest: PackageManifest, part: PackagePart, signal: AbortSignal): Promise<Loaded> {
    const { clock, random, store, keeper } = this.#options;
    const { loadId } = manifest;
    const progress: Progress = { commits: 0, loaded: none };
    /** Set once a commit may have happened: from then on nothing may be called failed before the destination was asked. */
    let unknown: { readonly error: unknown } | undefined;
    for (let attempt = 0; ; attempt++) {
      try {
        if (attempt > 0) await backOff(attempt - 1, { clock, random }, signal);
        signal.throwIfAborted();
        return await keeper.use(signal, async (session) => {
          if (unknown !== undefined && (await this.#isFinished(session, loadId, signal))) {
            return { ...progress.loaded, outcome: "already-committed" };
          }
          // What an earlier process or attempt may have staged.
          await session.discard(loadId, signal);
          return await this.#attempt(session, manifest, part, progress, signal);
        });
      } catch (error) {
        const code = isTypeloadError(error) ? error.code : undefined;
        if (code === "commit_unknown") unknown = { error };
        this.#sent = unknown !== undefined;
        // Once a column: then its misfits go to a variant column, and prepare is not asked for it again.
        if (this.#keepsTypeFromNowOn(error)) {
          attempt--;
          continue;
        }
        if (signal.aborted && unknown === undefined)
          throw new RunAbortedError("loading was ended before the commit", { cause: error });
        if (mayRetry(error) && attempt + 1 < maximumAttempts && !signal.aborted) continue;
        if (unknown !== undefined) throw unknown.error;
        const tellsEnough = ["lease_lost", "package_damaged", "aborted", "load_id_taken"];
        if (code !== undefined && tellsEnough.includes(code)) throw error;
        throw new PackageLoadError(loadId, `${store.location}/${loadId}`, error);
      }
    }
  }

  async #attempt(
    session: DestinationSession,
    manifest: PackageManifest,
    { partitions, leavesOut }: PackagePart,
    progress: Progress,
    signal: AbortSignal,
  ): Promise<Loaded> {
    const { store, resources, capabilities, pipeline, keeper, clock, batchStaged } = this.#options;
    const { loadId, runId } = manifest;
    const normalizer = createNormalizer({
      schema: this.#schema,
      resources,
      capabilities,
      loadId,
      runId,
      keepsType: (table, column) => this.#refusedWidenings.has(JSON.stringify([table, column])),
    });
    const altered = await stagePackage({
      loadId,
      session,
      normalizer,
      pages: store.read(loadId, signal),
      signal,
      leavesOut,
      keepLease: () => keeper.renewIfDue(session, signal),
      staged: (table, rows) => batchStaged(loadId, table, rows),
    });
    const loadedResources = new Set(partitions.map(({ resource }) => resource));
    // A table that is queried must exist, also where the source has no record for it yet.
    const finished = manifest.finishedResources.filter(({ resource }) => loadedResources.has(resource));
    const declared = finished.flatMap(({ resource }) => normalizer.declare(resource) ?? []);
    const { schema, text } = storeSchema(normalizer.schema);
    const chains = tableChains(
      loadId,
      schema,
      normalizer.staged,
      [...loadedResources].flatMap((name) => resources.get(name) ?? []),
    );
    const tables = [...declared, ...chains.flatMap((chain) => chain.tables.map(({ table }) => table.name))];
    if (tables.length > 0) await session.prepare({ schema: withQuarantine(schema), tables }, signal);
    const loaded = manifest.partitions.filter(
      ({ resource, partition }) => !leavesOut({ resource, partition: partition.id }),
    );
    const state = this.#options.pendingState(loadId, loaded);
    progress.loaded = {
      tables: {},
      chains,
      changes: [...normalizer.changes],
      altered,
      discarded: normalizer.discarded,
    };
    const before = progress.commits++;
    this.#sent = true;
    const result = await session.commit(
      {
        loadId,
        runId,
        pipeline,
        lease: keeper.lease,
        schema: withQuarantine(schema),
        storedSchema: text,
        chains,
        state,
        partitions,
        completeness: finished,
        committedAt: new Date(clock.now()).toISOString(),
      },
      signal,
    );
    // What this run has read and never sent cannot be there.
    if (result.alreadyCommitted && before === 0 && runId === this.#options.runId)
      throw new LoadIdTakenError(loadId, await store.setAside(loadId));
    this.#schema = schema;
    if (state !== undefined) this.#options.stateStored();
    const outcome = result.alreadyCommitted ? "already-committed" : "committed";
    return { ...progress.loaded, outcome, tables: result.tables };
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

/** The same remark on every resource of a package. */
function remarks({ partitions }: PackageManifest, message: string): LoadedPackage["notes"] {
  return [...new Set(partitions.map(({ resource }) => resource))].map((resource) => ({ resource, message }));
}
