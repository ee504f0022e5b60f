import type { CommitResult, TableChain } from "../destination/load-commit.ts";
import type { PackageManifest } from "../extract/load-package.ts";
import type { SchemaChange } from "../schema/schema.ts";
import type { Discarded } from "../source/contract.ts";
import type { PartitionRecord } from "../source/partition.ts";
import type { IncompleteRefusal } from "./refuse-incomplete.ts";
import type { AlteredTable } from "./stage-package.ts";

/** What became of a package. */
export interface LoadedPackage extends Loaded {
  readonly manifest: PackageManifest;
  readonly refused: ReadonlyMap<string, IncompleteRefusal | undefined>;
  /** What is committed now. */
  readonly partitions: readonly PartitionRecord[];
  /** Remarks for the report. */
  readonly notes: readonly { readonly resource: string; readonly message: string }[];
}

/** What a package came to. */
export interface Loaded {
  /** `overtaken`: newer loads hold all of it. `nothing`: all of it was refused, so there was nothing to commit. */
  readonly outcome: "committed" | "already-committed" | "overtaken" | "nothing";
  readonly tables: CommitResult["tables"];
  readonly chains: readonly TableChain[];
  readonly changes: readonly SchemaChange[];
  /** What the destination could not store as it came. */
  readonly altered: readonly AlteredTable[];
  /** What contracts left out. */
  readonly discarded: readonly Discarded[];
}
