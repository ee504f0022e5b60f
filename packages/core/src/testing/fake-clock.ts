import type { Clock } from "../async/clock.ts";

/** A {@link Clock} that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Moves the time on. Sleeps that end by then resolve, the earliest first. */
  advance(milliseconds: number): void;
  /** How many sleeps are waiting. */
  readonly sleeping: number;
}

/** What {@link fakeClock} may be told. */
export interface FakeClockOptions {
  /** What it shows at first. Default: 2026-01-01T00:00:00Z. */
  readonly start?: Date | undefined;
  /** `true`: a sleep moves the time on by itself and resolves at once, so that nothing has to call `advance`. Default `false`. */
  readonly skipsSleep?: boolean | undefined;
}

/**
 * A clock for tests: `now()` is what the test says, and `sleep()` ends when the test says so.
 *
 * @example
 * ```ts
 * const clock = fakeClock();
 * const nap = clock.sleep(1000, AbortSignal.timeout(5000));
 * clock.advance(1000);
 * await nap;
 * ```
 */
export function fakeClock(options: FakeClockOptions = {}): FakeClock {
  let now = (options.start ?? new Date("2026-01-01T00:00:00Z")).getTime();
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  const advance = (milliseconds: number): void => {
    now += milliseconds;
    for (const sleeper of [...sleepers].sort((a, b) => a.until - b.until)) {
      if (sleeper.until <= now) sleeper.wake();
    }
  };

  return {
    now: () => now,
    advance,
    get sleeping() {
      return sleepers.size;
    },
    async sleep(milliseconds, signal) {
      signal.throwIfAborted();
      if (options.skipsSleep === true) return advance(milliseconds);
      await new Promise<void>((resolve, reject) => {
        // The reason is whatever the caller aborted with.
        const stop = (): void => finish(() => reject(signal.reason as Error));
        const sleeper = { until: now + milliseconds, wake: () => finish(resolve) };
        const finish = (settle: () => void): void => {
          sleepers.delete(sleeper);
          signal.removeEventListener("abort", stop);
          settle();
        };
        sleepers.add(sleeper);
        signal.addEventListener("abort", stop, { once: true });
      });
    },
  };
}
