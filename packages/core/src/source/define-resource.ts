import { ConfigurationError } from "../errors.ts";
import type { ColumnHint, FieldHint } from "./column-hints.ts";
import type { PageBytes } from "./page-bytes.ts";
import type {
  PartitionPlan,
  PlanContext,
  ReadContext,
  Resource,
  ResourceRead,
  WriteDispositionOption,
} from "./resource.ts";

/** Options of {@link defineResource}. */
export interface ResourceOptions<Name extends string, R> {
  readonly name: Name;
  /** Default: the name. */
  readonly tableName?: string | undefined;
  readonly mergeKey?: string | readonly string[] | undefined;
  readonly writeDisposition?: WriteDispositionOption | undefined;
  readonly unchanged?: "rewrite" | "keep" | undefined;
  readonly columns?: Readonly<Record<string, ColumnHint>> | undefined;
  readonly fieldHints?: readonly FieldHint[] | undefined;
  readonly secretFields?: readonly string[] | undefined;
  readonly maxTableNesting?: number | undefined;
  readonly parent?: { readonly resource: string; readonly fields: readonly string[] } | undefined;
  readonly selected?: boolean | undefined;
  readonly concurrency?: number | undefined;
  readonly onIncomplete?: "refuse" | "apply" | undefined;
  partitions?(context: PlanContext): PartitionPlan;
  read(context: ReadContext): ResourceRead<R>;
}

/** Members of a record that may be its key; any text where the record's type is not known (nothing but {@link PageBytes} is yielded). */
export type KeyOf<R> = unknown extends R
  ? string
  : [Exclude<R, PageBytes>] extends [never]
    ? string
    : Extract<keyof Exclude<R, PageBytes>, string>;

/**
 * Defines a stream of records: its name, its key, how it meets what is stored, and how it is read. The record's type comes from what
 * `read` yields; `primaryKey` is checked against it.
 *
 * @example
 * ```ts
 * const orders = defineResource({
 *   name: "orders",
 *   primaryKey: "id",
 *   writeDisposition: "merge",
 *   async *read({ signal }) {
 *     const response = await fetch("https://api.example.com/orders", { signal });
 *     yield (await response.json()) as { id: string; total: number }[];
 *   },
 * });
 * ```
 * @throws ConfigurationError when the name is empty or the options contradict each other.
 */
export function defineResource<const Name extends string, R, const K extends string | readonly string[] = never>(
  options: ResourceOptions<Name, R> & { readonly primaryKey?: K | undefined } & ([K] extends [never]
      ? unknown
      : K extends KeyOf<R> | readonly KeyOf<R>[]
        ? unknown
        : { readonly primaryKey: KeyOf<R> | readonly KeyOf<R>[] }),
): Resource<Name, R> {
  const { name } = options;
  if (name.trim() === "") throw new ConfigurationError("a resource needs a name: defineResource({ name: … })");
  const concurrency = options.concurrency ?? 4;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 64) {
    throw new ConfigurationError(
      `resource "${name}": concurrency must be a whole number from 1 to 64, it is ${concurrency}`,
    );
  }
  return {
    name,
    tableName: options.tableName ?? name,
    primaryKey: keyList(options.primaryKey),
    mergeKey: keyList(options.mergeKey),
    writeDisposition: options.writeDisposition ?? "append",
    unchanged: options.unchanged ?? "rewrite",
    columns: options.columns ?? {},
    fieldHints: options.fieldHints ?? [],
    secretFields: options.secretFields ?? [],
    maxTableNesting: options.maxTableNesting,
    parent: options.parent,
    selected: options.selected ?? true,
    concurrency,
    onIncomplete: options.onIncomplete ?? "refuse",
    ...(options.partitions === undefined ? {} : { partitions: options.partitions.bind(options) }),
    read: (context) => options.read(context),
  };
}

function keyList(key: string | readonly string[] | undefined): readonly string[] {
  if (key === undefined) return [];
  return typeof key === "string" ? [key] : key;
}
