import type { Schema } from "../schema/schema.ts";
import type { PartitionRecord } from "../source/partition.ts";

/** What to read of a dataset. */
export interface ReadRequest {
  readonly pipeline: string;
  readonly schemaName: string;
  /** Load ids to look up in `_dlt_loads`: packages left on disk. */
  readonly loadIds: readonly string[];
  /** Resources whose committed partitions are wanted. */
  readonly resources: readonly string[];
}

/** What is stored in a dataset. */
export interface StoredDataset {
  readonly exists: boolean;
  /** The newest stored schema of that name. */
  readonly schema?: Schema | undefined;
  /** The newest state of that pipeline whose load is finished: the text as stored (`pipeline-state.ts` reads it). */
  readonly state?: { readonly text: string; readonly versionHash?: string | undefined } | undefined;
  /** Which of the load ids asked for are finished. */
  readonly finishedLoads: ReadonlySet<string>;
  /** The greatest load id in `_dlt_loads`, by number. */
  readonly greatestLoadId?: string | undefined;
  readonly partitions: readonly PartitionRecord[];
}
