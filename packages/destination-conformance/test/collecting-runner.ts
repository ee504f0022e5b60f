import type { ConformanceRunner } from "@typeload/destination-conformance";

/** A test runner that keeps the checks instead of running them. */
export class CollectingRunner implements ConformanceRunner {
  /** By full name without the outermost group: `merge: …`. */
  readonly checks = new Map<string, () => Promise<void>>();
  readonly skipped: string[] = [];
  readonly #groups: string[] = [];

  readonly describe = (name: string, define: () => void): void => {
    this.#groups.push(name);
    define();
    this.#groups.pop();
  };

  readonly it = Object.assign(
    (name: string, check: () => Promise<void>): void => {
      this.checks.set(this.#fullName(name), check);
    },
    {
      skip: (name: string): void => {
        this.skipped.push(this.#fullName(name));
      },
    },
  );

  /** Runs what was collected, one after another, and gives what failed, with its error. */
  async run(): Promise<ReadonlyMap<string, unknown>> {
    const failed = new Map<string, unknown>();
    for (const [name, check] of this.checks) {
      try {
        await check();
      } catch (error) {
        failed.set(name, error);
      }
    }
    return failed;
  }

  #fullName(name: string): string {
    return [...this.#groups.slice(1), name].join(": ");
  }
}
