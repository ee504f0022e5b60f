import { ConfigurationError } from "../errors.ts";
import { checkMergeOptions } from "./check-merge-options.ts";
import type { Resource } from "./resource.ts";
import type { ResourceOptions } from "./resource-options.ts";

/**
 * Defines a stream of records: its name, its key, how it meets what is stored, and how it is read. The record's type comes from what
 * `read` yields; `primaryKey` and `mergeKey` are checked against it.
 *
 * @example
 * ```ts
 * const orders = defineResource({
 *   name: "orders",
 *   primaryKey: "id",
 *   writeDisposition: "merge",
 *   async *read({ signal }) {
 *     const response = await fetch("https://api.example.com/orders", { signal });
 *     if (!response.ok) throw new Error(`GET /orders: ${response.status}`);
 *     yield (await response.json()) as { id: string; total: number }[];
 *   },
 * });
 * ```
 * @throws ConfigurationError when the name is empty, when the options contradict each other, or when a merge has no key.
 */
export function defineResource<const Name extends string, R>(options: ResourceOptions<Name, R>): Resource<Name, R> {
  const { name } = options;
  if (name.trim() === "") throw new ConfigurationError("a resource needs a name: defineResource({ name: … })");
  const concurrency = options.concurrency ?? 4;
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 64) {
    throw new ConfigurationError(
      `resource "${name}": concurrency must be a whole number from 1 to 64, it is ${concurrency}`,
    );
  }
  const resource: Resource<Name, R> = {
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
  checkRowIdentity(resource, options.rowIdentity);
  checkMergeOptions(resource);
  return resource;
}

function keyList(key: string | readonly string[] | undefined): readonly string[] {
  if (key === undefined) return [];
  return typeof key === "string" ? [key] : key;
}

/** Which stored row a record replaces has to be said: rows of a merge that are found by nothing pile up. */
function checkRowIdentity(
  { name, primaryKey, mergeKey, writeDisposition }: Resource,
  rowIdentity: "content" | undefined,
): void {
  const strategy = typeof writeDisposition === "object" ? writeDisposition.merge : writeDisposition;
  const merges = strategy !== "append" && strategy !== "replace";
  if (rowIdentity === "content" && (!merges || primaryKey.length > 0)) {
    const problem = merges ? "but the resource has a primaryKey" : `but the writeDisposition is "${strategy}"`;
    throw new ConfigurationError(
      `resource "${name}": rowIdentity "content" says that a merge finds rows by their content, ${problem}: leave one of them out`,
    );
  }
  // A version of scd2 is its content.
  if (!merges || strategy === "scd2" || rowIdentity === "content") return;
  if (primaryKey.length === 0 && mergeKey.length === 0) {
    throw new ConfigurationError(
      `resource "${name}": a merge has to know which stored row a record replaces. Give it a key, for example primaryKey: "id"; or, where ` +
        'records have none, rowIdentity: "content": an equal record is then the same row, and a changed one a new row',
      { code: "merge_without_key" },
    );
  }
}
