import type { Capabilities } from "../../src/destination/capabilities.ts";
import type { LoggedPage } from "../../src/extract/load-package.ts";
import { type Normalizer, createNormalizer } from "../../src/normalize/normalizer.ts";
import type { RowBatch } from "../../src/normalize/row-batch.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import type { Resource } from "../../src/source/resource.ts";
import type { CellRow } from "../../src/testing/cell-value.ts";
import { readRowBatch } from "../../src/testing/read-row-batch.ts";

export const emptySchema: Schema = { name: "test", version: 0, tables: {} };

/** A destination like DuckDB. */
export const capabilities: Capabilities = {
  maxColumnNameLength: 65_536,
  maxTableNameLength: 65_536,
  identifierLengthUnit: "code-points",
  maxColumnsPerTable: 10_000,
  dataTypes: ["text", "bigint", "double", "decimal", "bool", "timestamp", "date", "time", "binary", "json", "wei"],
  decimalPrecision: { precision: 38, scale: 9 },
  widenings: [
    { from: "bigint", to: "double" },
    { from: "bigint", to: "decimal" },
  ],
  writeDispositions: ["append", "replace", "merge"],
  mergeStrategies: ["delete-insert", "upsert", "insert-only", "scd2"],
  mergeHints: ["merge-key", "dedup-sort", "hard-delete"],
  transactionalDdl: true,
  maxTablesPerCommit: Number.POSITIVE_INFINITY,
  sharedStaging: false,
  guarantee: "exactly-once",
};

/** A resource that nobody reads: the pages are given. */
export function resource(options: Partial<Resource> = {}): Resource {
  return { ...defineResource({ name: "t", read: () => [] as unknown[] }), ...options };
}

/** A page of the log, from JSON text or from records. */
export function page(content: string | readonly unknown[] | Uint8Array, options: Partial<LoggedPage> = {}): LoggedPage {
  return {
    resource: "t",
    partition: "whole",
    sequence: 0,
    encoding: "json",
    at: [],
    fields: {},
    bytes: bytesOf(content),
    ...options,
  };
}

function bytesOf(content: string | readonly unknown[] | Uint8Array): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content));
}

/** What became of pages. */
export interface Normalized {
  readonly normalizer: Normalizer;
  readonly batches: readonly RowBatch[];
  /** Rows by table, in order. */
  readonly rows: Readonly<Record<string, readonly CellRow[]>>;
}

/** Pushes pages through one normalizer, and flushes. */
export function normalizePages(
  pages: readonly LoggedPage[],
  options: {
    readonly resources?: readonly Resource[];
    readonly schema?: Schema;
    readonly capabilities?: Partial<Capabilities>;
    readonly loadId?: string;
    /** Default: the load id. */
    readonly runId?: string;
    readonly keepsType?: (table: string, column: string) => boolean;
    readonly flushEach?: boolean;
    /** Keeps every object and list as JSON. */
    readonly wholeValues?: boolean;
  } = {},
): Normalized {
  const resources = options.resources ?? [resource(options.wholeValues === true ? { maxTableNesting: 0 } : {})];
  const normalizer = createNormalizer({
    schema: options.schema ?? emptySchema,
    resources: new Map(resources.map((each) => [each.name, each])),
    capabilities: { ...capabilities, ...options.capabilities },
    loadId: options.loadId ?? "1700000000.0",
    runId: options.runId ?? options.loadId ?? "run",
    keepsType: options.keepsType,
  });
  const batches: RowBatch[] = [];
  for (const each of pages) {
    batches.push(...normalizer.push(each).batches);
    if (options.flushEach === true) batches.push(...normalizer.flush());
  }
  batches.push(...normalizer.flush());
  return { normalizer, batches, rows: rowsByTable(batches) };
}

export function rowsByTable(batches: readonly RowBatch[]): Record<string, CellRow[]> {
  const rows: Record<string, CellRow[]> = {};
  for (const batch of batches) (rows[batch.table.name] ??= []).push(...readRowBatch(batch));
  return rows;
}

/** Rows without the columns of ours and without nulls: what a test of values looks at. */
export function values(rows: readonly CellRow[] | undefined): Record<string, unknown>[] {
  return (rows ?? []).map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([name, value]) => value !== null && !name.startsWith("_dlt_"))
        .map(([name, value]) => [
          name,
          typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value,
        ]),
    ),
  );
}

/** Columns of a table as `name:type`, without the columns of ours. */
export function columnsOf(normalizer: Normalizer, table = "t"): string[] {
  const columns = normalizer.schema.tables[table]?.columns ?? [];
  return columns
    .filter(({ name }) => !name.startsWith("_dlt_"))
    .map(({ name, dataType }) => `${name}:${dataType ?? "?"}`);
}
