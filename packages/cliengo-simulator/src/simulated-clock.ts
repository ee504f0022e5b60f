/**
 * The present of the model: stands still, and moves on by one second at every write, so that what is written
 * in the same run has different dates, and the same run always has the same ones.
 */
export class SimulatedClock {
  #now: number;

  constructor(start: number) {
    this.#now = start;
  }

  /** Epoch milliseconds. */
  get now(): number {
    return this.#now;
  }

  /** Moves on by `milliseconds` (default one second) and answers the new present. */
  advance(milliseconds = 1000): number {
    this.#now += milliseconds;
    return this.#now;
  }
}
