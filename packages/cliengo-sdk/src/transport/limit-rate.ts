import { RateLimitError } from "../errors/request-errors.ts";
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
    // Without an interval the number of tokens means nothing.
    this.#burst = limit === false || this.#interval === 0 ? 1 : Math.max(1, limit.burst ?? limit.requestsPerSecond);
  }

  /**
   * Takes one token; waits for it in order of arrival. How many wait at once is bounded by the concurrency limit.
   *
   * @param patience milliseconds that a pause may still last
   * @throws RateLimitError at once where the pause lasts longer
   */
  async take(patience: number, signal: AbortSignal | undefined): Promise<void> {
    const now = this.#clock.now();
    const fullAt = Math.max(this.#fullAt, now);
    this.#fullAt = fullAt + this.#interval;
    let startAt = fullAt - (this.#burst - 1) * this.#interval;
    // A pause may be lengthened while this request sleeps.
    for (;;) {
      const pause = this.#pausedUntil - this.#clock.now();
      if (pause > 0 && pause >= patience) {
        throw new RateLimitError(`The API asked for a pause, which lasts ${Math.ceil(pause)} ms more.`, {
          hint: "Try later, or raise `budget`.",
          retryAfter: pause,
        });
      }
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
