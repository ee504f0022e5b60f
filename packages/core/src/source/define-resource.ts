import { ConfigurationError } from "../errors.ts";
import { checkMergeOptions } from "./check-merge-options.ts";
import { contractEntities, contractModes } from "./contract.ts";
import type { Resource, ResourceRead } from "./resource.ts";
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
export function defineResource<const Name extends string, Y, R = Y>(
  options: ResourceOptions<Name, R, Y>,
): Resource<Name, R> {
  const { name } = options;
  if (name.trim() === "") throw new ConfigurationError("a resource needs a name: defineResource({ name: … })");
  const concurrency = options.concurrency ?? (options.incremental === undefined ? 4 : 1);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 64) {
    throw new ConfigurationError(
      `resource "${name}": concurrency must be a whole number from 1 to 64, it is ${concurrency}`,
    );
  }
  if (options.incremental !== undefined && concurrency > 1) {
    throw new ConfigurationError(
      `resource "${name}": a cursor takes records in order, so its partitions are read one after another: leave concurrency out`,
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
    record: options.record,
    incremental: options.incremental,
    contract: options.contract,
    onIncomplete: options.onIncomplete ?? "refuse",
    ...(options.partitions === undefined ? {} : { partitions: options.partitions.bind(options) }),
    // What it yields becomes records of type R by the schema, where there is one; else both types are one.
    read: (context) => options.read(context) as ResourceRead<R>,
  };
  checkRowIdentity(resource, options.rowIdentity);
  checkContract(resource);
  checkMergeOptions(resource);
  return resource;
}

function keyList(key: string | readonly string[] | undefined): readonly string[] {
  if (key === undefined) return [];
  return typeof key === "string" ? [key] : key;
}

function checkContract({ name, contract }: Resource): void {
  if (contract === undefined) return;
  const given = typeof contract === "string" ? { contract } : contract;
  for (const [entity, mode] of Object.entries(given)) {
    const isEntity = entity === "contract" || contractEntities.some((known) => known === entity);
    if (entity === "records" && mode === "discard-value")
      throw new ConfigurationError(
        `resource "${name}": a record is refused as a whole: records cannot be "discard-value"`,
      );
    if (isEntity && (mode === undefined || contractModes.some((known) => known === mode))) continue;
    throw new ConfigurationError(
      `resource "${name}": contract ${isEntity ? `"${String(mode)}" is no mode: use ${contractModes.join(", ")}` : `speaks of "${entity}": use ${contractEntities.join(", ")}`}`,
    );
  }
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
