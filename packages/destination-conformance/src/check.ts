import type { ExpectedCapabilities } from "./conformance-options.ts";
import type { Bench } from "./bench.ts";

/** One thing a destination has to do right. */
export interface Check {
  /** A sentence: what holds. */
  readonly name: string;
  /** `false`: the destination does not claim to do this, so there is nothing to check. Default: applies to every destination. */
  readonly applies?: ((expects: ExpectedCapabilities) => boolean) | undefined;
  /** Why it cannot be made where it would apply, if so: it is shown as skipped with this reason. */
  readonly cannot?: ((expects: ExpectedCapabilities) => string | undefined) | undefined;
  /** Throws when it does not hold. Gets a dataset of its own that does not exist yet. */
  readonly run: (bench: Bench) => Promise<void>;
}

/** Checks that belong together. */
export interface Suite {
  readonly name: string;
  readonly checks: readonly Check[] | ((expects: ExpectedCapabilities) => readonly Check[]);
}
