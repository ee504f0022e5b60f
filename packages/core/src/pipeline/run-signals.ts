import type { Clock } from "../async/clock.ts";
import { RunAbortedError } from "../errors.ts";
import { RunDurationError } from "./run-errors.ts";

/** What ends a run early: reading stops at once, loading what was read completely may go on for a while. */
export class RunSignals implements Disposable {
  readonly #read = new AbortController();
  readonly #load = new AbortController();
  /** Stops the timers when the run is over. */
  readonly #over = new AbortController();
  readonly #clock: Clock;
  readonly #graceSeconds: number;

  constructor(options: {
    readonly signal: AbortSignal | undefined;
    readonly maxSeconds: number | undefined;
    readonly graceSeconds: number;
    readonly clock: Clock;
  }) {
    const { signal, maxSeconds } = options;
    this.#clock = options.clock;
    this.#graceSeconds = options.graceSeconds;
    const aborted = () => {
      const message = "the run was aborted: what was read completely is loaded";
      this.#end(new RunAbortedError(message, { cause: signal?.reason }));
    };
    if (signal?.aborted === true) aborted();
    else signal?.addEventListener("abort", aborted, { once: true, signal: this.#over.signal });
    if (maxSeconds !== undefined) this.#after(maxSeconds, () => this.#end(new RunDurationError(maxSeconds)));
  }

  /** For everything that reads from the source. */
  get read(): AbortSignal {
    return this.#read.signal;
  }

  /** For everything that loads. */
  get load(): AbortSignal {
    return this.#load.signal;
  }

  /** Loading failed: there is no use in reading on. */
  stopReading(reason: unknown): void {
    this.#read.abort(reason);
  }

  /** Nothing more can be committed: everything ends at once. */
  stop(reason: unknown): void {
    this.#read.abort(reason);
    this.#load.abort(reason);
  }

  [Symbol.dispose](): void {
    this.#over.abort();
  }

  #end(reason: Error): void {
    this.#read.abort(reason);
    this.#after(this.#graceSeconds, () => this.#load.abort(reason));
  }

  #after(seconds: number, work: () => void): void {
    this.#clock.sleep(seconds * 1000, this.#over.signal).then(work, () => {
      // The run was over before.
    });
  }
}
