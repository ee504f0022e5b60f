import type { DataType } from "./data-types.ts";

/**
 * One column of a table, as plain data.
 *
 * A column without `dataType` is *incomplete*: a hint named it, no value has come yet, and it does not exist in the destination.
 */
export interface Column {
  readonly name: string;
  readonly dataType?: DataType | undefined;
  /** Default `true`. */
  readonly nullable?: boolean | undefined;
  /** Digits of a decimal, length of a text, bits of a bigint, fraction digits of a timestamp. Default: the destination's. */
  readonly precision?: number | undefined;
  /** Digits after the point of a decimal. */
  readonly scale?: number | undefined;
  /** `false` makes a timestamp a local time without zone. Default `true`: an instant, stored as UTC. */
  readonly timezone?: boolean | undefined;
  /** `true` for a column that took values which did not fit the column it is named after (`age__v_text`). */
  readonly variant?: boolean | undefined;
  readonly primaryKey?: boolean | undefined;
  readonly mergeKey?: boolean | undefined;
  /** Unique by construction (`_dlt_id`). */
  readonly unique?: boolean | undefined;
  /** `_dlt_id`: identifies the row. */
  readonly rowKey?: boolean | undefined;
  /** `_dlt_parent_id`: the row this one was nested in. */
  readonly parentKey?: boolean | undefined;
  /** `_dlt_root_id`: the row of the root table this one belongs to. */
  readonly rootKey?: boolean | undefined;
  /** Of several versions of a key in one load the one with the greatest (`desc`) or least (`asc`) value here stays. One a table. */
  readonly dedupSort?: DedupOrder | undefined;
  /** A merged record deletes the row of its key when this is `true`, or, in a column of another type than bool, not null. One a table. */
  readonly hardDelete?: boolean | undefined;
  /** scd2: since when this version of the row is valid. */
  readonly validFrom?: boolean | undefined;
  /** scd2: until when it was valid; {@link activeRecordTimestamp} while it is. */
  readonly validTo?: boolean | undefined;
  /** scd2, beside `validTo`: what that column holds while a version is valid, as ISO 8601; null: nothing. */
  readonly activeRecordTimestamp?: string | null | undefined;
  /** scd2: two rows are the same version when they agree here. `_dlt_id` (the hash of the record), or a column of the data. */
  readonly rowVersion?: boolean | undefined;
  readonly description?: string | undefined;
  /** Further hints of a stored schema that are kept as they are (`x-…`, and what a newer writer added). */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** One table: a root table holds the records of a resource, a child table the elements of a list inside them. */
export interface Table {
  readonly name: string;
  /** Set on child tables: the table whose rows hold the list. */
  readonly parent?: string | undefined;
  /** Set on root tables: the resource that fills them. */
  readonly resource?: string | undefined;
  /** In the order in which they came to be. Names are unique in a table. */
  readonly columns: readonly Column[];
  /** Set on root tables; child tables follow their root. */
  readonly writeDisposition?: WriteDisposition | undefined;
  /** scd2: the time that versions begin and end at, as ISO 8601. Default: the time of the load id. */
  readonly boundaryTimestamp?: string | undefined;
  readonly description?: string | undefined;
  /** `true` once a row was written: only then the table exists in the destination. */
  readonly seenData?: boolean | undefined;
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** How rows of a resource meet what is stored. */
export type WriteDisposition =
  | { readonly kind: "append" }
  | { readonly kind: "replace" }
  | { readonly kind: "merge"; readonly strategy: MergeStrategy };

/** How a merge treats a key that exists. `delete-insert` is dlt's default. */
export type MergeStrategy = "delete-insert" | "upsert" | "insert-only" | "scd2";

/** Which value of a `dedupSort` column stays. Null counts as greater than every value, and of equal ones the last received stays. */
export type DedupOrder = "asc" | "desc";

/** All tables of one source, as plain data. What normalize produces and load applies. */
export interface Schema {
  readonly name: string;
  /** Counts up with each stored change; 0 = never stored. */
  readonly version: number;
  /** Content hash of the stored form (`schema-version.ts`); absent before the first one is stored. */
  readonly versionHash?: string | undefined;
  readonly previousHashes?: readonly string[] | undefined;
  /** By table name, in the order in which they came to be. */
  readonly tables: Readonly<Record<string, Table>>;
  /** What a stored schema carries beside its tables (normalizers, settings …), kept as it is. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** One change of the schema during a load, with what was and what is. */
export type SchemaChange =
  | { readonly kind: "table-added"; readonly table: string }
  | { readonly kind: "column-added"; readonly table: string; readonly column: string; readonly dataType: DataType }
  | {
      readonly kind: "column-widened";
      readonly table: string;
      readonly column: string;
      readonly from: DataType;
      readonly to: DataType;
    }
  | {
      readonly kind: "variant-added";
      readonly table: string;
      readonly column: string;
      readonly of: string;
      readonly dataType: DataType;
    }
  | {
      readonly kind: "name-collision";
      readonly table: string;
      readonly column: string;
      /** The JSON keys that wanted this name; the later one got `column`. */
      readonly keys: readonly string[];
    };
