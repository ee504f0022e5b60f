import type { Schema, Table, WriteDisposition } from "../schema/schema.ts";
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
  /** The root first, parents before children. */
  readonly tables: readonly StagedTable[];
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

/** Rows of one table, by what became of them. */
export interface RowCounts {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly deleted: number;
}
