import type { Clock } from "./clock.ts";

/** A signal that is aborted after a while. Disposing it ends the wait. */
export class TimeLimit implements Disposable {
  readonly #over = new AbortController();
  readonly #late = new AbortController();

  /** @param reason what the signal is aborted with */
  constructor(clock: Clock, seconds: number, reason: Error) {
    clock.sleep(seconds * 1000, this.#over.signal).then(
      () => this.#late.abort(reason),
      () => {},
    );
  }

  get signal(): AbortSignal {
    return this.#late.signal;
  }

  [Symbol.dispose](): void {
    this.#over.abort();
  }
}
