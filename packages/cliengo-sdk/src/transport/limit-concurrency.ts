import { QueueFullError } from "../errors/connection-errors.ts";
import { untilAborted } from "./until-aborted.ts";

// A line that only grows is a memory leak that nobody sees.
const longestQueue = 10_000;

/** Lets at most `limit` requests run at a time; the others wait in order of arrival, at most 10,000 of them. */
export class ConcurrencyLimiter {
  readonly #limit: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Waits for a free place. The function it gives makes the place free again; it must be called once. */
  async enter(signal: AbortSignal | undefined): Promise<() => void> {
    if (this.#running < this.#limit) this.#running++;
    else await this.#waitForPlace(signal);
    return () => this.#leave();
  }

  async #waitForPlace(signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.size >= longestQueue) {
      throw new QueueFullError(`${longestQueue} calls already wait for one of ${this.#limit} places.`, {
        hint: "Await some of them first.",
      });
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    try {
      await untilAborted(promise, signal);
    } catch (error) {
      // Aborted in the moment in which the place was handed over: it goes to the next.
      if (!this.#waiting.delete(resolve)) this.#leave();
      throw error;
    }
  }

  #leave(): void {
    // The place is handed over, not freed and taken again, so that nobody overtakes the line.
    for (const next of this.#waiting) {
      this.#waiting.delete(next);
      return next();
    }
    this.#running--;
  }
}
