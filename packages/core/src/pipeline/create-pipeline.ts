import { randomToken } from "../async/random.ts";
import { openSession } from "../destination/open-session.ts";
import type { QueryRow } from "../destination/destination.ts";
import type { PackageManifest } from "../extract/load-package.ts";
import { isTypeloadError } from "../errors.ts";
import type { ResourceName, Source } from "../source/resource.ts";
import { checkDestination } from "./check-destination.ts";
import { checkNode } from "./check-node.ts";
import { lockWorkingDirectory } from "./lock-working-directory.ts";
import { type PipelineOptions, type PipelineSettings, pipelineSettings } from "./pipeline-settings.ts";
import { PipelineBusyError } from "./run-errors.ts";
import type { ReplayOptions } from "./replay-options.ts";
import { replayPipeline } from "./replay-pipeline.ts";
import type { RunOptions } from "./run-options.ts";
import { runPipeline } from "./run-pipeline.ts";
import type { RunReport } from "./run-report.ts";
import { RunSignals } from "./run-signals.ts";
import { withLease } from "./with-lease.ts";

/** Loads sources into one dataset. Made by {@link createPipeline}. */
export interface Pipeline {
  readonly name: string;
  /** As the destination knows it. */
  readonly dataset: string;
  /**
   * Loads a source: first what an earlier run left behind, then what is to be read. Resolves when every selected resource was committed.
   *
   * @throws ConfigurationError, UnsupportedError, PipelineBusyError or WorkingDirectoryBusyError before anything moved.
   * @throws PipelineRunError, with the report, when a resource was not committed or the run was aborted; its `code` is that of the cause.
   */
  run<S extends Source, const Name extends ResourceName<S> = ResourceName<S>>(
    source: S,
    options?: RunOptions<Name>,
  ): Promise<RunReport<Name>>;
  /**
   * Loads packages that `keepPackages` kept again, oldest first: into another destination, or into a new dataset after a mended rule. No request is
   * sent; of the source only the definitions of its resources are used. Packages that the dataset holds already are passed over.
   *
   * @example
   * ```ts
   * const copy = createPipeline({ name: "shop", destination: postgres(url), dataset: "shop_data" });
   * await copy.replay(shop);
   * ```
   * @throws ConfigurationError with code `nothing_to_replay`, UnknownResourceError for pages of a resource that the source does not have, and what
   * {@link Pipeline.run} throws.
   */
  replay<S extends Source>(source: S, options?: ReplayOptions): Promise<RunReport<ResourceName<S>>>;
  /** Runs one statement in the destination's own language on the dataset, and gives its rows. */
  query(statement: string, options?: { readonly signal?: AbortSignal | undefined }): Promise<readonly QueryRow[]>;
  /** What waits on disk, and whether a run holds the working directory. Changes nothing in the destination. */
  status(options?: { readonly signal?: AbortSignal | undefined }): Promise<PipelineStatus>;
  /** Drops the dataset with everything in it, and the packages that wait for it. Refused while another run holds the lease. */
  drop(options?: { readonly signal?: AbortSignal | undefined; readonly takeOver?: boolean | undefined }): Promise<void>;
}

/** What {@link Pipeline.status} gives. */
export interface PipelineStatus {
  /** Another run works in the directory: what waits is not known. */
  readonly running: boolean;
  /** Packages that the next run loads first, oldest first; those of other destinations and datasets too. */
  readonly pending: readonly Pick<
    PackageManifest,
    "loadId" | "runId" | "source" | "destination" | "dataset" | "pages" | "bytes"
  >[];
}

/**
 * Makes a pipeline: a name, a destination, a dataset. Nothing is opened before `run`.
 *
 * @example
 * ```ts
 * const pipeline = createPipeline({ name: "shop", destination: duckdb({ path: "shop.duckdb" }), dataset: "shop_data" });
 * const report = await pipeline.run(shop);
 * console.log(report.resources.orders.rows.inserted);
 * ```
 * @throws ConfigurationError for options that cannot work, and on a Node older than 22.18.
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  checkNode();
  return new LocalPipeline(pipelineSettings(options));
}

class LocalPipeline implements Pipeline {
  readonly #settings: PipelineSettings;
  #busy = false;

  constructor(settings: PipelineSettings) {
    this.#settings = settings;
  }

  get name(): string {
    return this.#settings.name;
  }

  get dataset(): string {
    return this.#settings.dataset;
  }

  async run<S extends Source, const Name extends ResourceName<S> = ResourceName<S>>(
    source: S,
    options: RunOptions<Name> = {},
  ): Promise<RunReport<Name>> {
    return this.#alone(() => runPipeline(this.#settings, source, options));
  }

  async replay<S extends Source>(source: S, options: ReplayOptions = {}): Promise<RunReport<ResourceName<S>>> {
    return this.#alone(() => replayPipeline(this.#settings, source, options));
  }

  async query(
    statement: string,
    { signal = new AbortController().signal }: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<readonly QueryRow[]> {
    const { destination, dataset } = this.#settings;
    await using session = await openSession(destination, { dataset, purpose: "read", signal });
    return await session.query(statement, signal);
  }

  async status({ signal = new AbortController().signal } = {}): Promise<PipelineStatus> {
    const { store, workingDirectory, clock } = this.#settings;
    try {
      await using _lock = await lockWorkingDirectory(workingDirectory, new Date(clock.now()));
      const left = await store.pending(signal);
      const pending = left.map(({ loadId, runId, source, destination, dataset, pages, bytes }) => {
        return { loadId, runId, source, destination, dataset, pages, bytes };
      });
      return { running: false, pending };
    } catch (error) {
      if (isTypeloadError(error) && error.code === "working_directory_busy") return { running: true, pending: [] };
      throw error;
    }
  }

  async drop({
    signal,
    takeOver = false,
  }: { signal?: AbortSignal | undefined; takeOver?: boolean | undefined } = {}): Promise<void> {
    const { destination, dataset, name: pipeline, store, workingDirectory, clock, random } = this.#settings;
    checkDestination(destination, []);
    await this.#alone(async () => {
      using signals = new RunSignals({ ...this.#settings, signal, maxSeconds: undefined });
      const started = new Date(clock.now());
      await using _lock = await lockWorkingDirectory(workingDirectory, started, takeOver);
      const claim = { pipeline, token: randomToken(random), runId: randomToken(random), started, takeOver };
      const request = { pipeline, schemaName: "", loadIds: [], resources: [] };
      await withLease(this.#settings, claim, request, signals, (keeper) =>
        keeper.use(signals.load, (session) => session.drop(signals.load)),
      );
      const place = `${destination.name} ${destination.location}`;
      for (const manifest of await store.pending(signals.load)) {
        if (manifest.destination === place && manifest.dataset === dataset) await store.remove(manifest.loadId);
      }
    });
  }

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw new PipelineBusyError(this.#settings.name);
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
    }
  }
}
