import type { Clock } from "@typeload/cliengo-sdk";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

// Tests give attempts so much time that they never run out of it, however slow the machine answers.
const forEver = 1e9;

/** A clock that jumps: where everybody sleeps, time moves on to the next who wakes. `slept` is what was slept, in order. */
export function fakeClock(start = Date.parse("2026-06-01T00:00:00Z")): Clock & { slept: number[] } {
  let now = start;
  let sleepers: Sleeper[] = [];
  const slept: number[] = [];
  let isScheduled = false;
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    // A real pause lets answers on the wire arrive before time moves.
    setTimeout(() => {
      isScheduled = false;
      const next = sleepers.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) return;
      sleepers = sleepers.filter((sleeper) => sleeper !== next);
      now = Math.max(now, next.at);
      next.wake();
      if (sleepers.length > 0) schedule();
    }, 15);
  };
  return {
    slept,
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason);
        const sleeper: Sleeper = {
          at: now + milliseconds,
          wake: () => {
            slept.push(milliseconds);
            resolve();
          },
        };
        if (milliseconds < forEver) sleepers.push(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason);
        });
        if (milliseconds < forEver) schedule();
      }),
  };
}
