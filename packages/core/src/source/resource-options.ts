import type { ContractOption } from "./contract.ts";
import type { ColumnHint, FieldHint } from "./column-hints.ts";
import type { IncrementalOptions } from "./incremental.ts";
import type { KeyOf } from "./key-of.ts";
import type { StandardSchema } from "./standard-schema.ts";
import type { PartitionPlan, PlanContext, ReadContext, ResourceRead, WriteDispositionOption } from "./resource.ts";

/**
 * Options of `defineResource`. `R`: a record as it is loaded. `Y`: a record as `read` yields it; the same, except where a schema (`record`)
 * makes one of the other.
 */
export interface ResourceOptions<Name extends string, R, Y = R> {
  /** Names the resource in `run(source, { resources: [name] })`, in the report and in what is stored. Unique in its source. */
  readonly name: Name;
  /** The table, before it is normalized to a name of the destination (`Orders` → `orders`). Default: `name`. */
  readonly tableName?: string | undefined;
  /**
   * The member, or members, that tell records apart: what a merge finds a stored row by. A record without a value for it fails the load.
   * Default: none.
   *
   * @example `primaryKey: "id"`, or `primaryKey: ["orderId", "line"]`
   */
  readonly primaryKey?: KeyOf<NoInfer<R>> | readonly KeyOf<NoInfer<R>>[] | undefined;
  /**
   * A merge deletes every stored row that agrees with a new record in these members, and then inserts: for records that belong together
   * and come together, like the lines of an invoice. Default: none.
   *
   * @example `mergeKey: "invoiceId"`
   */
  readonly mergeKey?: KeyOf<NoInfer<R>> | readonly KeyOf<NoInfer<R>>[] | undefined;
  /**
   * How records meet what is stored. Default `"append"`.
   *
   * - `"append"`: added, even when an equal row is there.
   * - `"replace"`: the table is emptied for them; refused unless the reading was `proved`, see `onIncomplete`.
   * - `"merge"`: rows of the same `primaryKey` (or `mergeKey`, or content: `rowIdentity`) are replaced, the others stay.
   * - `{ merge: "upsert" }` names another strategy, where the destination has it. `"upsert"`: as `"merge"`. `"insert-only"`: a stored row, and a
   *   stored row of a list, is never touched; new ones are added. `"scd2"`: every version is kept ({@link Scd2Option}).
   */
  readonly writeDisposition?: WriteDispositionOption | undefined;
  /**
   * `"content"`: for a merge of records that have no key. A record whose content (and page `fields`) equals that of a stored row is that row;
   * of equal ones in a partition each counts. A record that changed is a new row, and the old one stays. Default: rows are found by key, and a
   * merge without a key is refused.
   */
  readonly rowIdentity?: "content" | undefined;
  /**
   * What a merge does with rows whose content and child rows are equal to what is stored. `"rewrite"`: writes them again, under the new load.
   * `"keep"`: leaves them alone, and the report counts them as unchanged. Default `"rewrite"`, as dlt.
   */
  readonly unchanged?: "rewrite" | "keep" | undefined;
  /**
   * What is known of columns of the root table, by member or column name. They exist even when no value ever comes, so a misspelt name makes
   * a column that is null in every row: `SELECT count(totl) FROM …` gives 0. A type that is stored already stays.
   *
   * @example `columns: { total: { dataType: "decimal", precision: 12, scale: 2 } }`
   */
  readonly columns?: Readonly<Record<string, ColumnHint>> | undefined;
  /** Types of members at any depth, from the description of the API. Unlike `columns` they make no column before a member comes. */
  readonly fieldHints?: readonly FieldHint[] | undefined;
  /**
   * Names of members, at any depth, that hold secrets: overwritten before anything is written to disk, and never a column.
   * Children cannot ask for them in `parent.fields`. Default: none.
   */
  readonly secretFields?: readonly string[] | undefined;
  /** Objects and lists deeper than so many levels become `json` columns; 0: all of them. Default 1000, as dlt: in effect none. */
  readonly maxTableNesting?: number | undefined;
  /**
   * This resource is read for records of another one of the same source, which is read before it. `fields` are the top-level members that
   * `partitions` gets from `context.parents()`.
   *
   * @example `parent: { resource: "orders", fields: ["id", "updatedAt"] }`
   */
  readonly parent?: { readonly resource: string; readonly fields: readonly string[] } | undefined;
  /** `false`: read only by runs that ask for it by name. Default `true`. */
  readonly selected?: boolean | undefined;
  /** How many partitions are read at the same time, from 1 to 64; they are logged in plan order all the same. Default 4. */
  readonly concurrency?: number | undefined;
  /**
   * What a `"replace"`, or scd2 without a `mergeKey`, does when the reading was not `proved`. `"refuse"`: leaves everything as it is, and the
   * run rejects with ReplaceRefusedError or RetireRefusedError. `"apply"`: replaces and retires all the same. Default `"refuse"`.
   */
  readonly onIncomplete?: "refuse" | "apply" | undefined;
  /**
   * A schema of zod, valibot, arktype or another library of the same form (Standard Schema). Each record is held against it when it is
   * read; what the schema makes of it (defaults, converted values) is what is loaded. A record that it refuses ends the run, unless the contract
   * says otherwise of `records`.
   *
   * @example `record: z.object({ id: z.number(), email: z.email().optional() }), contract: { records: "quarantine" }`
   */
  readonly record?: StandardSchema<Y, R> | undefined;
  /**
   * Reads only what is new since the last committed load, by a member that grows. `read` gets the range as `context.cursor`, to ask the API
   * for it; records outside are dropped. Partitions are then read one after another.
   *
   * @example `incremental: { cursor: "updatedAt", initialValue: "2026-01-01T00:00:00Z" }`
   */
  readonly incremental?: IncrementalOptions | undefined;
  /**
   * What happens to records that do not fit the tables as they are: one mode for everything, or one each for new `tables`, new `columns`,
   * values of another `dataType`, and `records` that their schema refuses. Child tables follow their root. Default: the contract that is stored with the table (dlt stores its
   * `schema_contract` there, and so do we), else everything evolves; `"evolve"` lifts a stored one.
   *
   * @example `contract: { tables: "evolve", columns: "discard-value", dataType: "quarantine" }`
   */
  readonly contract?: ContractOption | undefined;
  /**
   * Names the slices to read in this run, in order. Each is read, retried and judged by itself, and is committed as a whole; a slice whose
   * id earlier runs committed (`context.committed()`) may be left out. Default: one slice, `{ id: "whole", kind: "whole" }`.
   *
   * @example
   * ```ts
   * *partitions({ committed }) {
   *   const done = new Set(committed().map(({ partition }) => partition.id));
   *   for (const month of months) if (!done.has(month)) yield { id: month, kind: "window" };
   * }
   * ```
   */
  partitions?(context: PlanContext): PartitionPlan;
  /**
   * Reads one slice: yields records, lists of records, or pages as received (`pageBytes`), and may return a verdict on how sure it is that
   * nothing is missing. What it throws ends the run; nothing of the slice is kept then, and the next run reads it again.
   */
  read(context: ReadContext): ResourceRead<Y>;
}
