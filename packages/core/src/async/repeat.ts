import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "./clock.ts";

/** What {@link repeat} does, and when. */
export interface Repetition {
  readonly clock: Clock;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Milliseconds until the next time. */
  wait(): number;
  work(): Promise<void>;
}

/** Does something again and again until the signal is aborted. What `work` throws ends it too, and is what it rejects with. */
export async function repeat({ clock, signal, wait, work }: Repetition): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(Math.max(1, wait()), signal);
      // A clock whose sleeps pass at once must not keep everybody else from working.
      await turn();
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (!signal.aborted) await work();
  }
}
