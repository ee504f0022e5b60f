import type { Discarded } from "./source/contract.ts";
import type { SchemaChange } from "./schema/schema.ts";
import type { PartitionVerdict } from "./source/partition.ts";
import type { RowCounts } from "./destination/load-commit.ts";

/** Everything a run tells while it works: progress, logs and the report are fed from this one stream. Plain data, no secret. */
export type RunEvent =
  | {
      readonly type: "run-started";
      readonly runId: string;
      readonly pipeline: string;
      readonly resources: readonly string[];
    }
  | { readonly type: "package-resumed"; readonly loadId: string; readonly partitions: number; readonly pages: number }
  | { readonly type: "package-replayed"; readonly loadId: string; readonly partitions: number; readonly pages: number }
  | {
      /** A package of an earlier run can never be loaded. It is kept in `location`; what it held is read again. */
      readonly type: "package-set-aside";
      readonly loadId: string;
      readonly location: string;
      readonly message: string;
    }
  | { readonly type: "resource-started"; readonly resource: string }
  | {
      readonly type: "page-read";
      readonly resource: string;
      readonly partition: string;
      /** Records in the page. */
      readonly records: number;
      readonly bytes: number;
    }
  | {
      readonly type: "partition-read";
      readonly resource: string;
      readonly partition: string;
      readonly verdict: PartitionVerdict;
    }
  | { readonly type: "resource-noted"; readonly resource: string; readonly message: string }
  | { readonly type: "resource-read"; readonly resource: string; readonly partitions: number; readonly records: number }
  | {
      readonly type: "package-sealed";
      readonly loadId: string;
      readonly partitions: number;
      readonly pages: number;
      readonly bytes: number;
    }
  | { readonly type: "batch-staged"; readonly loadId: string; readonly table: string; readonly rows: number }
  | { readonly type: "schema-changed"; readonly change: SchemaChange }
  | {
      /** Values that the destination could not store as they came, and what it stored instead. */
      readonly type: "values-altered";
      readonly loadId: string;
      readonly table: string;
      readonly column: string;
      readonly cells: number;
      readonly how: string;
    }
  | ({
      /** What a contract left out of a package, one event for each table, column and kind of finding. */
      readonly type: "contract-applied";
      readonly loadId: string;
    } & Discarded)
  | {
      readonly type: "package-committed";
      readonly loadId: string;
      readonly tables: Readonly<Record<string, RowCounts>>;
    }
  | { readonly type: "run-finished"; readonly runId: string; readonly seconds: number };
