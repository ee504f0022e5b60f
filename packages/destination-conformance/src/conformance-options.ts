import type { Capabilities, Destination, DestinationSession, QueryRow } from "@typeload/core";

/** What `describeDestination` needs to know. */
export interface ConformanceOptions {
  /** Heads the tests: `duckdb`. */
  readonly name: string;
  /** Makes the destination with a dataset that does not exist yet. Called once a check; what it gives is disposed after it. */
  readonly create: () => Promise<DestinationUnderTest>;
  /**
   * All rows of a table, as the destination's own driver or `session.query` gives them: that is how the suite sees what is stored.
   * Values may come in any shape that `canonicalCell` lists. Rows in any order, columns in any order, all columns.
   */
  readonly readTable: (request: ReadTableRequest) => Promise<readonly QueryRow[]>;
  /** The test runner's own functions: the suite brings none. */
  readonly runner: ConformanceRunner;
  /**
   * What the destination is expected to state. It chooses the checks (no merge checks without `"merge"`), and one check holds the
   * destination to it, so that a capability that gets lost cannot turn checks off unseen.
   */
  readonly expects: ExpectedCapabilities;
  /**
   * How the checks of the lease let time pass (2.5 s each). Default: they wait. For a destination whose clock can be moved.
   */
  readonly sleep?: ((milliseconds: number) => Promise<void>) | undefined;
  /** Checks that are left out, by full name (`"merge: …"`), each with its reason. A name that does not exist is an error. */
  readonly skip?: readonly SkippedCheck[] | undefined;
}

/** A destination, and a dataset in it that belongs to one check alone. Disposing it drops both. */
export interface DestinationUnderTest extends AsyncDisposable {
  readonly destination: Destination;
  readonly dataset: string;
}

export interface ReadTableRequest {
  /** An open session on the dataset; it may be in the middle of a load. */
  readonly session: DestinationSession;
  readonly dataset: string;
  readonly table: string;
}

/** The capabilities that decide which checks apply. */
export type ExpectedCapabilities = Pick<
  Capabilities,
  "dataTypes" | "widenings" | "writeDispositions" | "mergeStrategies" | "mergeHints" | "guarantee" | "sessionsAtOnce"
>;

/** What the suite uses of a test runner: vitest, `node:test`, bun and others fit. */
export interface ConformanceRunner {
  describe(name: string, define: () => void): unknown;
  readonly it: {
    (name: string, check: () => Promise<void>): unknown;
    skip(name: string, check: () => Promise<void>): unknown;
  };
}

export interface SkippedCheck {
  /** `"merge: a row without a key is found by its content"` */
  readonly test: string;
  readonly reason: string;
}
