import type { DedupOrder, Schema, Table, WriteDisposition } from "../schema/schema.ts";
import type { PartitionRecord, RowsVerdict } from "../source/partition.ts";
import type { Lease } from "./destination.ts";

/** Everything one commit makes visible. */
export interface LoadCommit {
  readonly loadId: string;
  readonly runId: string;
  readonly pipeline: string;
  readonly lease: Lease;
  /** The schema after the load; stored in `_dlt_version` when its hash is not there yet. */
  readonly schema: Schema;
  /** The schema as `_dlt_version` stores it: JSON text in dlt's form. */
  readonly storedSchema: string;
  readonly chains: readonly TableChain[];
  /** The pipeline state when it changed: written to `_dlt_pipeline_state`. */
  readonly state?: StateRow | undefined;
  readonly partitions: readonly PartitionRecord[];
  readonly completeness: readonly CompletenessRecord[];
  /** Time of the commit (ISO 8601, UTC), from the pipeline's clock. */
  readonly committedAt: string;
}

/** A root table with its child tables: they are written together. */
export interface TableChain {
  readonly resource: string;
  readonly writeDisposition: WriteDisposition;
  /** `"keep"`: a merge leaves rows alone whose content and children are equal. */
  readonly unchanged: "rewrite" | "keep";
  /** Columns that identify a root row; empty: `_dlt_id` does. */
  readonly primaryKey: readonly string[];
  readonly mergeKey: readonly string[];
  /** Of several versions of a key in this load this column decides which stays, of equal ones the greatest ordinal. Absent: the ordinal alone. */
  readonly dedupSort?: { readonly column: string; readonly order: DedupOrder } | undefined;
  /**
   * A record in which this column is `true` (a bool) or not null (any other type) is not written, and the row of its key goes. Insert-only
   * leaves that row as well.
   */
  readonly hardDelete?: string | undefined;
  /** Set where the strategy is scd2. */
  readonly scd2?: Scd2Chain | undefined;
  /** The root first, parents before children. */
  readonly tables: readonly StagedTable[];
}

/** How versions of a row are told apart, and when they begin and end. Children hang on a version and never change. */
export interface Scd2Chain {
  /** Column of the root: since when a version is valid. Staged rows have no value in it. */
  readonly validFrom: string;
  /** Column of the root: until when. Staged rows have no value in it. */
  readonly validTo: string;
  /** What `validTo` holds while a version is valid, as ISO 8601 in UTC. Absent: null. */
  readonly activeRecordTimestamp?: string | undefined;
  /** When the versions of this load begin, and those end that it retires: ISO 8601 in UTC, the same for the same load id. */
  readonly boundaryTimestamp: string;
  /** Column of the root in which two rows agree when they are the same version. */
  readonly rowVersion: string;
}

/** What was staged of one table. */
export interface StagedTable {
  /** The table as it is in the target after `prepare`. */
  readonly table: Table;
  /** Each staged version with the rows that must be there. Empty: nothing was staged (a `replace` by nothing). */
  readonly versions: readonly { readonly tableVersion: number; readonly table: Table; readonly rows: number }[];
}

/** A row of `_dlt_pipeline_state`, as dlt writes it. */
export interface StateRow {
  readonly version: number;
  readonly engineVersion: number;
  /** Base64 of the zlib-packed JSON. */
  readonly state: string;
  readonly createdAt: string;
  readonly versionHash: string;
  readonly dltId: string;
}

/** A row of `_typeload_completeness`: how sure a resource's rows are after this load. */
export interface CompletenessRecord {
  readonly resource: string;
  readonly rows: RowsVerdict;
  readonly expected?: number | undefined;
  readonly read: number;
  /** The oldest creation time that was not read again in this run, if any: edits of older rows are invisible. */
  readonly freshness?: string | undefined;
  readonly note?: string | undefined;
}

/** What a commit did. */
export interface CommitResult {
  /** `true`: this load id was committed before; nothing was changed, and the counts are not known any more. */
  readonly alreadyCommitted: boolean;
  readonly tables: Readonly<Record<string, RowCounts>>;
}

/** Rows of one table, by what became of them. A version that scd2 ends is updated, one that goes on unchanged. */
export interface RowCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}
