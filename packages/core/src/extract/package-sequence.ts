import type { Clock } from "../async/clock.ts";
import type { Random } from "../async/random.ts";
import { repeat } from "../async/repeat.ts";
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

/** When a package is closed: when it has reached one of these and no partition is being logged. */
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

interface OpenPackage {
  readonly writer: PackageWriter;
  /** When it was begun. */
  readonly since: number;
  readonly finished: FinishedResource[];
  /** Ends the watch over its age. */
  readonly closed: AbortController;
}

const never = (): boolean => false;

/** The packages of a run, one after another: what is logged goes into the open one, which is closed when it is big or old enough. */
export class PackageSequence implements AsyncDisposable {
  readonly #options: PackageSequenceOptions;
  #taken: readonly (string | undefined)[];
  #open: OpenPackage | undefined;
  /** May the package be closed for its age, without anybody asking for it? */
  #resting = never;
  #closingForAge: Promise<void> = Promise.resolve();

  constructor(options: PackageSequenceOptions) {
    this.#options = options;
    this.#taken = options.takenLoadIds;
  }

  /** Called before a partition is logged. `mayClose` is false inside a resource whose partitions stay together. */
  async beginPartition(mayClose: boolean): Promise<void> {
    this.#resting = never;
    await this.#closingForAge;
    const open = this.#open;
    if (!mayClose || open === undefined) return;
    const { limits, clock } = this.#options;
    const { bytes, partitions } = open.writer;
    const age = (clock.now() - open.since) / 1000;
    if (bytes >= limits.bytes || partitions >= limits.partitions || age >= limits.seconds) await this.#close();
  }

  /**
   * Called when the next partition may be long in coming: until it begins, the package is closed when it is old enough and `mayClose`
   * says yes, so that what was read does not wait for what was not.
   */
  rest(mayClose: () => boolean): void {
    this.#resting = mayClose;
  }

  async append(page: Omit<LoggedPage, "sequence">): Promise<void> {
    await (await this.#writer()).append(page);
  }

  async endPartition(resource: string, partition: Partition, verdict: PartitionVerdict, state?: string): Promise<void> {
    await (await this.#writer()).endPartition(resource, partition, verdict, state);
  }

  /** The last partition of this resource was logged. */
  finishResource(finished: FinishedResource): void {
    this.#open?.finished.push(finished);
    this.rest(() => true);
  }

  /** Seals the open package and hands it over; one without a complete partition is removed. */
  async close(): Promise<void> {
    this.#resting = never;
    await this.#closingForAge;
    await this.#close();
  }

  async #close(): Promise<void> {
    const open = this.#open;
    if (open === undefined) return;
    this.#open = undefined;
    open.closed.abort();
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
    this.#open?.closed.abort();
    await this.#open?.writer[Symbol.asyncDispose]();
    this.#open = undefined;
  }

  async #writer(): Promise<PackageWriter> {
    if (this.#open === undefined) {
      const { store, head, clock, random } = this.#options;
      const loadId = nextLoadId(clock.now(), this.#taken, random);
      this.#taken = [loadId];
      const writer = await store.create(loadId, head);
      this.#open = { writer, since: clock.now(), finished: [], closed: new AbortController() };
      this.#watchAge(this.#open);
    }
    return this.#open.writer;
  }

  #watchAge({ since, closed }: OpenPackage): void {
    const { clock, limits } = this.#options;
    const limit = limits.seconds * 1000;
    const left = (): number => since + limit - clock.now();
    const watching = repeat({
      clock,
      signal: closed.signal,
      wait: () => (left() > 0 ? left() : limit / 10),
      work: async () => {
        if (left() > 0 || !this.#resting()) return;
        this.#closingForAge = this.#close();
        await this.#closingForAge;
      },
    });
    watching.catch(() => {
      // Whoever goes on with the sequence hears of it.
    });
  }
}
