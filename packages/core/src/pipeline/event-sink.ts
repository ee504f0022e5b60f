import type { RunEvent } from "./run-events.ts";

/** Tells the caller's listener what happens. A listener that throws is not called again and cannot break the run in the middle. */
export class EventSink {
  readonly #listener: ((event: RunEvent) => void) | undefined;
  failure: { readonly error: unknown } | undefined;

  constructor(listener: ((event: RunEvent) => void) | undefined) {
    this.#listener = listener;
  }

  readonly emit = (event: RunEvent): void => {
    if (this.failure !== undefined) return;
    try {
      this.#listener?.(event);
    } catch (error) {
      this.failure = { error };
    }
  };
}
