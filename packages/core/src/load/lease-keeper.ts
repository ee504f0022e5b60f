import type { Clock } from "../async/clock.ts";
import { repeat } from "../async/repeat.ts";
import { untilAborted } from "../async/until-aborted.ts";
import type { Destination, DestinationSession, Lease } from "../destination/destination.ts";
import { openSession } from "../destination/open-session.ts";
import { isTypeloadError } from "../errors.ts";

/** What {@link LeaseKeeper} works with. */
export interface LeaseKeeperOptions {
  readonly destination: Destination;
  readonly dataset: string;
  /** Just taken or renewed. */
  readonly lease: Lease;
  readonly clock: Clock;
  /** Another run has it now. */
  lost(error: unknown): void;
}

/**
 * Makes the lease of a run last as long as the run does, however rarely it commits: it is renewed when a third of its time is over, in a
 * short session of its own while nothing is loaded, else between two parts in the session of the load. There is never more than one
 * session, since some destinations allow no more.
 */
export class LeaseKeeper implements Disposable {
  readonly #options: LeaseKeeperOptions;
  readonly #over = new AbortController();
  readonly #third: number;
  #due: number;
  #free: Promise<unknown> = Promise.resolve();

  constructor(options: LeaseKeeperOptions) {
    const { clock, lease } = options;
    this.#options = options;
    this.#third = (lease.ttlSeconds * 1000) / 3;
    this.#due = clock.now() + this.#third;
    const { signal } = this.#over;
    const renewing = repeat({
      clock,
      signal,
      wait: () => this.#due - clock.now(),
      work: () => this.#renewAlone(signal),
    });
    renewing.catch(() => {
      // A clock that cannot wait: then the lease lasts from commit to commit.
    });
  }

  get lease(): Lease {
    return this.#options.lease;
  }

  /** Works in a session, once no other one of this run is open. */
  async use<T>(signal: AbortSignal, work: (session: DestinationSession) => Promise<T>): Promise<T> {
    const { destination, dataset } = this.#options;
    const before = this.#free;
    const { promise: done, resolve } = Promise.withResolvers<void>();
    this.#free = before.then(() => done);
    try {
      await untilAborted(before, signal);
      await using session = await openSession(destination, { dataset, purpose: "load", signal });
      return await work(session);
    } finally {
      resolve();
    }
  }

  /**
   * Renews the lease when a third of its time is over.
   *
   * @throws LeaseLostError when another run has it.
   */
  async renewIfDue(session: DestinationSession, signal: AbortSignal): Promise<void> {
    const { clock, lease } = this.#options;
    if (clock.now() < this.#due) return;
    await session.renew(lease, signal);
    this.#due = clock.now() + this.#third;
  }

  [Symbol.dispose](): void {
    this.#over.abort();
  }

  async #renewAlone(signal: AbortSignal): Promise<void> {
    try {
      await this.use(signal, (session) => this.renewIfDue(session, signal));
    } catch (error) {
      if (signal.aborted) return;
      if (isTypeloadError(error) && error.code === "lease_lost") {
        this.#over.abort();
        this.#options.lost(error);
        return;
      }
      // Not reachable for now; there is time for some more attempts before the lease is over.
      this.#due = this.#options.clock.now() + this.#third / 4;
    }
  }
}
