import { untilAborted } from "../async/until-aborted.ts";
import type { RunEvent } from "../run-events.ts";

/**
 * Tells the caller's listener what happens. A listener that throws, or gives a promise that rejects, is not called again and cannot break
 * the run in the middle.
 */
export class EventSink {
  readonly #listener: ((event: RunEvent) => unknown) | undefined;
  readonly #open = new Set<Promise<unknown>>();
  #failure: { readonly error: unknown } | undefined;

  constructor(listener: ((event: RunEvent) => unknown) | undefined) {
    this.#listener = listener;
  }

  readonly emit = (event: RunEvent): void => {
    if (this.#failure !== undefined) return;
    try {
      const answer = this.#listener?.(event);
      if (isPromise(answer)) this.#watch(answer);
    } catch (error) {
      this.#failure = { error };
    }
  };

  /**
   * Waits for the promises that the listener gave.
   *
   * @throws what the listener threw or rejected with first
   */
  async settled(signal: AbortSignal): Promise<void> {
    // A run that was aborted when all was committed is no failure, as long as nobody is to be waited for.
    if (this.#open.size > 0) await untilAborted(Promise.all(this.#open), signal);
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #watch(answer: PromiseLike<unknown>): void {
    const watched: Promise<unknown> = Promise.resolve(answer)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#open.delete(watched));
    this.#open.add(watched);
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
