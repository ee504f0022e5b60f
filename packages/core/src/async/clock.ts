import { setTimeout as wait } from "node:timers/promises";

/** What time it is, and how to wait. Passed in, so that a run can be replayed. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC; fractions are welcome. */
  now(): number;
  /** Resolves after that many milliseconds, `Infinity`: never; rejects with the signal's reason when it is aborted before. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** What a timer of the machine can be set to; a longer one would end at once. */
const longestTimer = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  async sleep(milliseconds, signal) {
    signal.throwIfAborted();
    try {
      let left = milliseconds;
      do {
        await wait(Math.min(left, longestTimer), undefined, { signal });
        left -= longestTimer;
      } while (left > 0);
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
