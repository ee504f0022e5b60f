/** Lets several waiters sleep until something they look at may have changed. Each looks again after {@link Condition.changed}. */
export class Condition {
  #waiting: (() => void)[] = [];

  /** Resolves at the next {@link changed}. */
  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  changed(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
