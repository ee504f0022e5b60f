import type { Clock } from "../async/clock.ts";
import type { Random } from "../async/random.ts";
import type { Partition, PartitionVerdict } from "../source/partition.ts";
import { nextLoadId } from "./load-id.ts";
import type {
  FinishedResource,
  LoggedPage,
  PackageHead,
  PackageManifest,
  PackageStore,
  PackageWriter,
} from "./load-package.ts";

/** When a package is closed: at the end of the partition in which it reached one of these. */
export interface PackageLimits {
  readonly bytes: number;
  readonly seconds: number;
  readonly partitions: number;
}

/** What {@link PackageSequence} works with. */
export interface PackageSequenceOptions {
  readonly store: PackageStore;
  readonly head: PackageHead;
  readonly limits: PackageLimits;
  readonly clock: Clock;
  readonly random: Random;
  /** Load ids that are taken: stored ones, and those of packages on disk. */
  readonly takenLoadIds: readonly (string | undefined)[];
  /** Takes a sealed package over; reading waits for it. */
  sealed(manifest: PackageManifest): Promise<void>;
}

/** The packages of a run, one after another: what is logged goes into the open one, which is closed when it is big or old enough. */
export class PackageSequence implements AsyncDisposable {
  readonly #options: PackageSequenceOptions;
  #taken: readonly (string | undefined)[];
  #open: { readonly writer: PackageWriter; readonly since: number; readonly finished: FinishedResource[] } | undefined;

  constructor(options: PackageSequenceOptions) {
    this.#options = options;
    this.#taken = options.takenLoadIds;
  }

  /** Called before a partition is logged. `mayClose` is false inside a resource whose partitions stay together. */
  async beginPartition(mayClose: boolean): Promise<void> {
    const open = this.#open;
    if (!mayClose || open === undefined) return;
    const { limits, clock } = this.#options;
    const { bytes, partitions } = open.writer;
    const age = (clock.now() - open.since) / 1000;
    if (bytes >= limits.bytes || partitions >= limits.partitions || age >= limits.seconds) await this.close();
  }

  async append(page: Omit<LoggedPage, "sequence">): Promise<void> {
    await (await this.#writer()).append(page);
  }

  async endPartition(resource: string, partition: Partition, verdict: PartitionVerdict): Promise<void> {
    await (await this.#writer()).endPartition(resource, partition, verdict);
  }

  /** The last partition of this resource was logged. */
  finishResource(finished: FinishedResource): void {
    this.#open?.finished.push(finished);
  }

  /** Seals the open package and hands it over; one without a complete partition is removed. */
  async close(): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    let manifest: PackageManifest | undefined;
    try {
      if (open.writer.partitions > 0) manifest = await open.writer.seal(open.finished);
    } finally {
      await open.writer[Symbol.asyncDispose]();
    }
    if (manifest === undefined) await this.#options.store.remove(open.writer.loadId);
    else await this.#options.sealed(manifest);
  }

  /** Lets go of a package that is open; the next run finds what was complete. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.writer[Symbol.asyncDispose]();
    this.#open = undefined;
  }

  async #writer(): Promise<PackageWriter> {
    if (this.#open === undefined) {
      const { store, head, clock, random } = this.#options;
      const loadId = nextLoadId(clock.now(), this.#taken, random);
      this.#taken = [loadId];
      this.#open = { writer: await store.create(loadId, head), since: clock.now(), finished: [] };
    }
    return this.#open.writer;
  }
}
