import { untilAborted } from "./until-aborted.ts";

/** Time as the client sees it; pass another one to replay a run. */
export interface Clock {
  /** Milliseconds since 1970. Where it is set back, the client goes on from where it was. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason as soon as it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal | undefined): Promise<void>;
}

// setTimeout fires at once for longer waits than this.
const longestTimer = 2 ** 31 - 1;

/** The same clock, but one that never goes back: a machine whose time is corrected must not wait for the time to come again. */
export function steadyClock(clock: Clock): Clock {
  let last = -Infinity;
  let lost = 0;
  return {
    now() {
      const now = clock.now();
      if (now < last) lost += last - now;
      last = now;
      return now + lost;
    },
    sleep: (milliseconds, signal) => clock.sleep(milliseconds, signal),
  };
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(milliseconds, signal) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const waited = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(milliseconds, longestTimer));
    });
    // A timer that is left behind would keep the process alive.
    await untilAborted(waited, signal).finally(() => clearTimeout(timer));
  },
};
