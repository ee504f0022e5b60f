import type { RowCounts } from "../destination/load-commit.ts";
import type { Discarded } from "../source/contract.ts";
import type { SchemaChange } from "../schema/schema.ts";
import type { RowsVerdict } from "../source/partition.ts";

/** What a run did. Plain data: `JSON.stringify(report)` is the machine-readable form. */
export interface RunReport<Name extends string = string> {
  readonly runId: string;
  readonly pipeline: string;
  readonly source: string;
  readonly destination: { readonly name: string; readonly location: string };
  readonly dataset: string;
  readonly startedAt: string;
  readonly seconds: number;
  readonly resources: { readonly [N in Name]: ResourceReport };
  readonly schemaChanges: readonly SchemaChange[];
  readonly packages: readonly PackageReport[];
}

/** What became of one resource. */
export interface ResourceReport {
  readonly table: string;
  /** `committed`: everything read in this run is in the destination. `partial`: some packages are. `not-committed`: none is. */
  readonly outcome: "committed" | "partial" | "not-committed";
  /** Records as read, repeats included. */
  readonly recordsRead: number;
  readonly pages: number;
  readonly partitions: { readonly read: number; readonly skipped: number };
  /** Rows of the root table. */
  readonly rows: RowCounts;
  /** Rows of all its child tables together. */
  readonly childRows: RowCounts;
  readonly seconds: number;
  readonly completeness: Completeness;
  /** What the contract left out, one entry for each table, column and kind of finding. */
  readonly discarded: readonly Discarded[];
  /** Remarks of the source, at most 100; `notesDropped` counts the rest. */
  readonly notes: readonly string[];
  readonly notesDropped: number;
}

/** How sure it is that the resource's table is complete, and how fresh. */
export interface Completeness {
  readonly rows: RowsVerdict;
  /** Rows the source says there are, where it does. */
  readonly expected?: number | undefined;
  /** Distinct rows read in this run. */
  readonly read: number;
  /**
   * The newest time up to which rows were *not* read again in this run: edits of rows created before it are invisible, and so is what was
   * added since to lists that hang on them.
   */
  readonly freshness?: string | undefined;
  readonly note?: string | undefined;
}

/** One load package of the run. */
export interface PackageReport {
  readonly loadId: string;
  /** `resumed`: left on disk by an earlier run and loaded by this one. `replayed`: kept after an earlier commit, and loaded again. */
  readonly origin: "this-run" | "resumed" | "replayed";
  /**
   * `already-committed`: the answer to its commit was lost, and it turned out to have happened. `overtaken`: newer loads hold all of it, so
   * it was removed. `set-aside`: what an earlier run read can never be loaded; it is kept for a look at it, and this run read it again.
   * `unknown`: whether it was committed is not known; the next run finds out.
   */
  readonly outcome: "committed" | "already-committed" | "overtaken" | "set-aside" | "unknown" | "failed";
  readonly partitions: number;
  readonly pages: number;
  readonly bytes: number;
}
