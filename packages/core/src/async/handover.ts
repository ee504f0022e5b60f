import { Condition } from "./condition.ts";

/**
 * Hands values from one stage to the next, at most one waiting: whoever gives waits until the value before was taken, so the slower
 * side sets the pace.
 */
export class Handover<T> implements AsyncIterable<T> {
  readonly #condition = new Condition();
  #waiting: { readonly value: T } | undefined;
  #closed = false;
  #failure: { readonly reason: unknown } | undefined;

  /** Resolves when the value has been laid down. Rejects when the taking side failed. */
  async give(value: T): Promise<void> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure.reason;
      if (this.#waiting === undefined) break;
      await this.#condition.wait();
    }
    this.#waiting = { value };
    this.#condition.changed();
  }

  /** No more values come; the one that waits is still taken. */
  close(): void {
    this.#closed = true;
    this.#condition.changed();
  }

  /** The taking side gives up: whoever gives learns why. */
  fail(reason: unknown): void {
    this.#failure ??= { reason };
    this.#condition.changed();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for (;;) {
      const waiting = this.#waiting;
      if (waiting !== undefined) {
        this.#waiting = undefined;
        this.#condition.changed();
        yield waiting.value;
      } else if (this.#closed) {
        return;
      } else {
        await this.#condition.wait();
      }
    }
  }
}
