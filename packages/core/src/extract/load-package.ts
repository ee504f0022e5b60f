import type { JsonValue } from "../source/json-value.ts";
import type { Partition, PartitionVerdict, RowsVerdict } from "../source/partition.ts";

/**
 * One page in a package, as logged: the bytes that came (secrets blanked), and what is needed to turn them into rows again without
 * network or source code.
 */
export interface LoggedPage {
  readonly resource: string;
  readonly partition: string;
  /** Position in the package, from 0. */
  readonly sequence: number;
  /**
   * `json`: bytes of the API. `tagged`: records from user code, in the tagged encoding (bigint, Date, bytes, decimal keep their type).
   * `refused`: records that the resource's schema refuses, each with the reason, in the tagged encoding.
   */
  readonly encoding: "json" | "tagged" | "refused";
  readonly at: readonly string[];
  readonly fields: Readonly<Record<string, JsonValue>>;
  readonly request?: string | undefined;
  readonly bytes: Uint8Array;
}

/** A partition that was read to its end. */
export interface LoggedPartition {
  readonly resource: string;
  readonly partition: Partition;
  readonly verdict: PartitionVerdict;
  /** The state of the resource after this partition, as JSON, where the partition changed it: written with the commit. */
  readonly state?: string | undefined;
  readonly pages: number;
  readonly bytes: number;
}

/** The manifest of a sealed load package: written last, by an atomic rename. */
export interface PackageManifest {
  readonly formatVersion: 1;
  readonly loadId: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly source: string;
  /** Whose data it is, where the source says so. */
  readonly identity?: string | undefined;
  readonly transforms?: PackageHead["transforms"];
  /** Name and location of the destination it is meant for: a package is never loaded into another one. */
  readonly destination: string;
  readonly dataset: string;
  /** In plan order. */
  readonly partitions: readonly LoggedPartition[];
  readonly pages: number;
  /** Length of the log. */
  readonly bytes: number;
  /** SHA-256 over the log, hex. */
  readonly checksum: string;
  /** Resources that were read to their end, with their last partition in this package. */
  readonly finishedResources: readonly FinishedResource[];
}

/** A resource that a run has read to its end, and how sure its rows are: over all partitions, those left out included. */
export interface FinishedResource {
  readonly resource: string;
  readonly rows: RowsVerdict;
  readonly expected?: number | undefined;
  readonly read: number;
  readonly freshness?: string | undefined;
  readonly note?: string | undefined;
}

/** A package that was taken out of the way because it can never be loaded. */
export interface SetAsidePackage {
  readonly loadId: string;
  /** Where a person finds it. */
  readonly location: string;
  /** Why. */
  readonly message: string;
}

/** Where load packages are kept. The default keeps them in the working directory (`local-package-store.ts`). */
export interface PackageStore {
  /** Where a person finds the packages (a folder), for messages. */
  readonly location: string;
  /** Begins a package that is not sealed yet. */
  create(loadId: string, head: PackageHead): Promise<PackageWriter>;
  /**
   * Every package left by earlier runs, oldest load id first, unsealed ones cut back to their last complete partition and sealed. One
   * whose manifest is damaged is set aside and told: it is not even known whom it was meant for.
   */
  pending(signal: AbortSignal, onSetAside?: (aside: SetAsidePackage) => void): Promise<readonly PackageManifest[]>;
  /** The pages of a sealed package in plan order. Throws `PackageDamagedError` where a checksum does not hold. */
  read(loadId: string, signal: AbortSignal): AsyncIterable<LoggedPage>;
  /** Forgets a package (after its commit, or when it holds nothing). */
  remove(loadId: string): Promise<void>;
  /** Takes a package out of the way that can never be loaded, without losing it. Gives the place where a person finds it. */
  setAside(loadId: string): Promise<string>;
}

/** What is known of a package when it begins. */
export interface PackageHead {
  readonly runId: string;
  /** Names of the transforms of each resource that has some: without them the pages make other rows. */
  readonly transforms?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly pipeline: string;
  readonly source: string;
  readonly identity?: string | undefined;
  readonly destination: string;
  readonly dataset: string;
}

/** Writes one package. Pages come in plan order; a partition counts only once `endPartition` returned. */
export interface PackageWriter extends AsyncDisposable {
  readonly loadId: string;
  /** Bytes logged so far. */
  readonly bytes: number;
  readonly partitions: number;
  append(page: Omit<LoggedPage, "sequence">): Promise<void>;
  endPartition(resource: string, partition: Partition, verdict: PartitionVerdict, state?: string): Promise<void>;
  /** Makes the package durable and final. After that `append` throws. */
  seal(finishedResources: readonly FinishedResource[]): Promise<PackageManifest>;
}
