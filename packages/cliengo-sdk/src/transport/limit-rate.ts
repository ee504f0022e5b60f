import type { Clock } from "./clock.ts";

/** Requests per second on average, and how many may start at once after a pause. */
export interface RateLimit {
  requestsPerSecond: number;
  /** Default: one second's worth. */
  burst?: number | undefined;
}

/** A token bucket in its arithmetic form: it keeps the time at which the bucket would be full again. */
export class RateLimiter {
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #burst: number;
  #fullAt = -Infinity;
  #pausedUntil = -Infinity;

  constructor(limit: RateLimit | false, clock: Clock) {
    this.#clock = clock;
    this.#interval = limit === false ? 0 : 1000 / limit.requestsPerSecond;
    this.#burst = limit === false ? 1 : Math.max(1, limit.burst ?? limit.requestsPerSecond);
  }

  /** Takes one token; waits for it in order of arrival. How many wait at once is bounded by the concurrency limit. */
  async take(signal: AbortSignal | undefined): Promise<void> {
    const now = this.#clock.now();
    const fullAt = Math.max(this.#fullAt, now);
    this.#fullAt = fullAt + this.#interval;
    let startAt = fullAt - (this.#burst - 1) * this.#interval;
    // A pause may be lengthened while this request sleeps.
    for (;;) {
      startAt = Math.max(startAt, this.#pausedUntil);
      const wait = startAt - this.#clock.now();
      if (wait <= 0) return;
      await this.#clock.sleep(wait, signal);
    }
  }

  /** The server asked for a pause: nothing starts before it is over, whoever asked. */
  pause(milliseconds: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + milliseconds);
  }
}
