import type { ContractOption } from "./contract.ts";
import type { MergeStrategy } from "../schema/schema.ts";
import type { ColumnHint, FieldHint } from "./column-hints.ts";
import type { CursorRange, IncrementalOptions } from "./incremental.ts";
import type { JsonValue } from "./json-value.ts";
import type { PageBytes } from "./page-bytes.ts";
import type { TransformStep } from "./transforms.ts";
import type { StandardSchema } from "./standard-schema.ts";
import type { Partition, PartitionRecord, PartitionVerdict } from "./partition.ts";

/** How a resource's rows meet what is stored; `"merge"` means `{ merge: "delete-insert" }`. Default: `"append"`. */
export type WriteDispositionOption =
  | "append"
  | "replace"
  | "merge"
  | { readonly merge: Exclude<MergeStrategy, "scd2"> }
  | Scd2Option;

/**
 * Slowly changing dimension of type 2: every version of a record is kept, with the time from which and until which it was valid. A record
 * that changed, or is not in the list any more, is retired at the time of the load; one that comes back is a new version. With a
 * `mergeKey` only versions of the keys that came are retired; without one a list that is not `proved` to be complete is refused, see
 * `onIncomplete`. A list without any record retires nothing. Child rows hang on their version.
 *
 * @example `writeDisposition: { merge: "scd2", validFrom: "valid_from", validTo: "valid_to" }`
 */
export interface Scd2Option {
  readonly merge: "scd2";
  /** Name of the column: since when. Default `_dlt_valid_from`. */
  readonly validFrom?: string | undefined;
  /** Name of the column: until when. Default `_dlt_valid_to`. */
  readonly validTo?: string | undefined;
  /** What `validTo` holds while a version is valid, as ISO 8601: `"9999-12-31"`. Default: null. */
  readonly activeRecordTimestamp?: string | undefined;
  /** The time that the versions of this load begin at, and retired ones end at, as ISO 8601. Default: the time of the load package. */
  readonly boundaryTimestamp?: string | undefined;
  /**
   * A member that changes whenever the record does (a version number, a hash): two records are the same version when they agree in it.
   * Every record must have it. Default: the hash of the record.
   */
  readonly rowVersionColumn?: string | undefined;
}

/** What `read` may yield: one record, a list of records, or a page as received. */
export type Yielded<R> = R | readonly R[] | PageBytes;

/**
 * What `read` gives: an (async) iterable. A generator may `return` a {@link PartitionVerdict}; without one the source is taken at its
 * word: it ended normally, so the partition is complete.
 */
export type ResourceRead<R> =
  | AsyncGenerator<Yielded<R>, PartitionVerdict | void, undefined>
  | Generator<Yielded<R>, PartitionVerdict | void, undefined>
  | AsyncIterable<Yielded<R>>
  | Iterable<Yielded<R>>;

/** The fields of a parent record that its children asked for (`parent.fields`), by member name. */
export type ParentRecord = Readonly<Record<string, JsonValue>>;

/** What `partitions` gets to plan with. */
export interface PlanContext {
  /** What is stored of this resource (or of another one of the same source): partitions committed by earlier runs. */
  committed(resource?: string): readonly PartitionRecord[];
  /** Records of the parent resource that this run read, in the order received. Empty without a parent. */
  parents(): AsyncIterable<ParentRecord>;
  /** The range of the resource's cursor; without `incremental` all its members are undefined. */
  readonly cursor: CursorRange;
  /** The partitions this run reads of another resource of the source (its parent), in plan order. */
  planned(resource: string): readonly Partition[];
  /** Names of the resources this run loads. */
  readonly selected: ReadonlySet<string>;
  /** Changes with the clock that was given to the pipeline, so that a run can be replayed. */
  readonly now: Date;
  readonly signal: AbortSignal;
}

/**
 * What `partitions` may return when it has named every partition: what it left out because an earlier run read it, so that the report
 * speaks of the whole table and not only of what was read again.
 */
export interface PlanSummary {
  /** Partitions that count as read although this run leaves them out, with the verdicts they were stored with. */
  readonly skipped?: readonly PartitionRecord[] | undefined;
  /** Rows that the source counts in all partitions together, planned and skipped: fewer than that are `unproved`. */
  readonly total?: number | undefined;
  /** Rows created before this time are not read again in this run: edits of them are not seen. Default: that of the parent. */
  readonly freshness?: string | undefined;
}

/** What `partitions` gives; a generator may `return` a {@link PlanSummary}. */
export type PartitionPlan =
  | AsyncGenerator<Partition, PlanSummary | void, undefined>
  | Generator<Partition, PlanSummary | void, undefined>
  | AsyncIterable<Partition>
  | Iterable<Partition>;

/** What `read` gets. */
export interface ReadContext {
  readonly partition: Partition;
  /** The range to ask the API for; without `incremental` all its members are undefined. What lies outside is dropped in any case. */
  readonly cursor: CursorRange;
  /**
   * What the resource remembers from run to run, to look at and to change: anything JSON can hold. Changes are stored in the commit of this
   * partition (dlt's resource state). Of partitions read at the same time each has a copy; of two that change one member the later wins.
   */
  readonly state: Record<string, unknown>;
  /**
   * A remark for the report and the events: something the user should know that is not an error (a record that disappeared while its
   * children were read). Bounded: after 100 remarks of a resource only their number is kept.
   */
  note(message: string): void;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** A stream of records that becomes a table (and its child tables). Made by `defineResource`. */
export interface Resource<Name extends string = string, R = unknown> {
  readonly name: Name;
  /** Default: the name. */
  readonly tableName: string;
  readonly primaryKey: readonly string[];
  readonly mergeKey: readonly string[];
  readonly writeDisposition: WriteDispositionOption;
  /** `"keep"`: a merge leaves rows alone whose content and children are equal. Default `"rewrite"`, as dlt. */
  readonly unchanged: "rewrite" | "keep";
  /** Hints by column name (of the root table). Such columns exist even when no value ever comes. */
  readonly columns: Readonly<Record<string, ColumnHint>>;
  /** Types by JSON path, from the description of the API. */
  readonly fieldHints: readonly FieldHint[];
  /** Members that hold secrets: blanked in the bytes before anything is written to disk, and never a column. */
  readonly secretFields: readonly string[];
  /** Objects and lists deeper than this become `json` columns. Default 1000, as dlt. */
  readonly maxTableNesting?: number | undefined;
  /** The resource whose records this one hangs on, and the members of them that planning needs. */
  readonly parent?: { readonly resource: string; readonly fields: readonly string[] } | undefined;
  /** `false`: loaded only when asked for by name. Default `true`. */
  readonly selected: boolean;
  /** How many partitions are read at the same time; they are logged in plan order all the same. Default 4. */
  readonly concurrency: number;
  /** Every record has to be what this schema says, and is what it makes of it. */
  readonly record?: StandardSchema | undefined;
  /** What is done with the records before they become rows; see `transform`. */
  readonly transforms?: readonly TransformStep[] | undefined;
  /** Reads only what is new since the last committed load. */
  readonly incremental?: IncrementalOptions | undefined;
  /** What happens to records that do not fit the tables as they are. */
  readonly contract?: ContractOption | undefined;
  /** How a partition that is not `proved` is treated where rows would be destroyed (`replace`). Default `"refuse"`. */
  readonly onIncomplete: "refuse" | "apply";
  /** The partitions to read in this run, in order. Default: one, `{ id: "whole", kind: "whole" }`. */
  partitions?(context: PlanContext): PartitionPlan;
  read(context: ReadContext): ResourceRead<R>;
}

/** A named group of resources with one schema. Made by `defineSource`. */
export interface Source<R extends Resource = Resource> {
  readonly name: string;
  readonly resources: readonly R[];
  /**
   * Says whose data this is: an account's id, a tenant, a database. Asked once a run, before anything is read; a run whose answer is
   * another than the one that is stored is refused, because rows of two owners would mix and what was read of the one would count as
   * read of the other. Nothing is checked when it gives undefined.
   */
  identity?(context: { readonly signal: AbortSignal }): Promise<string | undefined>;
}

/** The names of a source's resources. */
export type ResourceName<S extends Source> = S["resources"][number]["name"];
