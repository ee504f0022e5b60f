import { QueueFullError } from "../errors/connection-errors.ts";

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

  #waitForPlace(signal: AbortSignal | undefined): Promise<void> {
    if (this.#waiting.size >= longestQueue) {
      throw new QueueFullError(`${longestQueue} calls already wait for one of ${this.#limit} places.`, {
        hint: "Await calls before making more, or raise `concurrency`.",
      });
    }
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const start = (): void => {
        signal?.removeEventListener("abort", stop);
        resolve();
      };
      const stop = (): void => {
        this.#waiting.delete(start);
        reject(signal?.reason);
      };
      this.#waiting.add(start);
      signal?.addEventListener("abort", stop, { once: true });
    });
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
