import type { Clock } from "./clock.ts";

/** A time that something may take. */
export interface Deadline {
  /** Aborted when the caller's signal is, or the time is over. */
  readonly signal: AbortSignal;
  hasPassed(): boolean;
  /** Must be called, so that no timer is left behind. */
  stop(): void;
}

/** A signal that follows the caller's and so many milliseconds. */
export function startDeadline(clock: Clock, milliseconds: number, caller: AbortSignal | undefined): Deadline {
  const timer = new AbortController();
  const stopped = new AbortController();
  clock.sleep(milliseconds, stopped.signal).then(
    () => timer.abort(),
    () => undefined,
  );
  return {
    signal: caller === undefined ? timer.signal : AbortSignal.any([caller, timer.signal]),
    hasPassed: () => timer.signal.aborted,
    stop: () => stopped.abort(),
  };
}
