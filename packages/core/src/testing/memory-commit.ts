import type { Capabilities } from "../destination/capabilities.ts";
import { LeaseLostError, StagedCountError, UnsupportedError } from "../destination/destination-error.ts";
import type { CommitResult, LoadCommit, RowCounts, TableChain } from "../destination/load-commit.ts";
import type { Column, Schema, Table, WriteDisposition } from "../schema/schema.ts";
import type { CellRow } from "./cell-value.ts";
import { castRow, type MemoryDataset, rowsOf, withRows } from "./memory-dataset.ts";
import { insertOnlyChain } from "./memory-insert-only.ts";
import { type ChainResult, mergeChain } from "./memory-merge.ts";
import { scd2Chain } from "./memory-scd2.ts";
import { holdsLease, isLoaded, recordLoad } from "./memory-system-tables.ts";
import type { StagedRow } from "./memory-winners.ts";

/** What is staged of a load: by table, then by table version. */
export type StagedLoad = ReadonlyMap<string, ReadonlyMap<number, readonly StagedRow[]>>;

/** The eight steps of a commit, in the order of the contract, on a dataset that nobody sees until all of them went well. */
export function applyCommit(
  before: MemoryDataset,
  commit: LoadCommit,
  staged: StagedLoad,
  capabilities: Capabilities,
  now: number,
): { readonly dataset: MemoryDataset; readonly result: CommitResult } {
  if (!holdsLease(before, commit.lease)) {
    throw new LeaseLostError(
      `Another run took over the lease of pipeline ${commit.lease.pipeline}: load ${commit.loadId} was not committed. Run again.`,
    );
  }
  if (isLoaded(before, commit.loadId)) return { dataset: before, result: { alreadyCommitted: true, tables: {} } };
  for (const chain of commit.chains) {
    refuseUnsupportedDisposition(chain.writeDisposition, chain.resource, capabilities);
  }
  refuseOtherCounts(commit, staged);

  const counts: Record<string, RowCounts> = {};
  let dataset = before;
  for (const chain of commit.chains) {
    const written = writeChain(dataset, chain, rowsByTable(chain, commit.schema, dataset, staged));
    dataset = written.dataset;
    Object.assign(counts, written.counts);
  }
  return { dataset: recordLoad(dataset, commit, now), result: { alreadyCommitted: false, tables: counts } };
}

/** Memory refuses what its capabilities do not list, in `prepare` already. */
export function refuseUnsupportedDisposition(
  disposition: WriteDisposition,
  resource: string,
  capabilities: Capabilities,
): void {
  if (!capabilities.writeDispositions.includes(disposition.kind)) {
    throw new UnsupportedError(`${resource} is loaded with ${disposition.kind}, which memory does not do.`);
  }
  if (disposition.kind === "merge" && !capabilities.mergeStrategies.includes(disposition.strategy)) {
    throw new UnsupportedError(
      `${resource} is merged by ${disposition.strategy}, which memory does not do: choose one of ${capabilities.mergeStrategies.join(", ")}.`,
    );
  }
}

function writeChain(
  before: MemoryDataset,
  chain: TableChain,
  staged: ReadonlyMap<string, readonly StagedRow[]>,
): ChainResult {
  const { writeDisposition: disposition, scd2 } = chain;
  if (disposition.kind === "merge") {
    if (disposition.strategy === "insert-only") return insertOnlyChain(before, chain, staged);
    if (disposition.strategy !== "scd2") return mergeChain(before, chain, staged);
    if (scd2 === undefined) throw new UnsupportedError(`${chain.resource} does not say what tells its versions apart.`);
    // A load without records retires nothing.
    return [...staged.values()].every((rows) => rows.length === 0)
      ? { dataset: before, counts: {} }
      : scd2Chain(before, chain, scd2, staged);
  }
  const replaces = chain.writeDisposition.kind === "replace";
  const counts: Record<string, RowCounts> = {};
  let dataset = before;
  for (const [name, rows] of staged) {
    const old = rowsOf(before, name);
    dataset = withRows(dataset, name, [...(replaces ? [] : old), ...rows.map(({ row }) => row)]);
    counts[name] = { inserted: rows.length, updated: 0, unchanged: 0, deleted: replaces ? old.length : 0 };
  }
  return { dataset, counts };
}

/**
 * The staged rows of every table of a chain, its versions united: cells of an older version become what the target's column holds.
 * Child tables that are stored and got nothing in this load belong to it too: rows of theirs go with their root.
 */
function rowsByTable(
  chain: TableChain,
  schema: Schema,
  dataset: MemoryDataset,
  staged: StagedLoad,
): Map<string, readonly StagedRow[]> {
  const given = chain.tables.map(({ table }) => table);
  const names = new Set(given.map(({ name }) => name));
  const stored = given
    .slice(0, 1)
    .flatMap((root) => descendants(schema, root.name))
    .filter(({ name }) => dataset.has(name) && !names.has(name));
  return new Map(
    [...given, ...stored].map((table) => {
      const rows = [...(staged.get(table.name)?.values() ?? [])].flat();
      return [table.name, rows.map(({ ordinal, row }) => ({ ordinal, row: castRow(row, columnsIn(table, row)) }))];
    }),
  );
}

function columnsIn(table: Table, row: CellRow): readonly Column[] {
  return table.columns.filter(({ name }) => row[name] !== undefined);
}

function descendants(schema: Schema, parent: string): readonly Table[] {
  return Object.values(schema.tables)
    .filter((table) => table.parent === parent)
    .flatMap((table) => [table, ...descendants(schema, table.name)]);
}

/** Expected counts, and none of what nobody counts on. */
function refuseOtherCounts({ loadId, chains }: LoadCommit, staged: StagedLoad): void {
  const expected = chains.flatMap(({ tables }) =>
    tables.flatMap(({ table, versions }) =>
      versions.map(({ tableVersion, rows }) => ({ table: table.name, tableVersion, rows })),
    ),
  );
  const found = [...staged].flatMap(([table, versions]) =>
    [...versions].map(([tableVersion, rows]) => ({ table, tableVersion, rows: rows.length })),
  );
  for (const { table, tableVersion } of [...expected, ...found]) {
    const is = (it: { table: string; tableVersion: number }): boolean =>
      it.table === table && it.tableVersion === tableVersion;
    const wanted = expected.find(is)?.rows ?? 0;
    const there = found.find(is)?.rows ?? 0;
    if (there === wanted) continue;
    throw new StagedCountError(
      `Load ${loadId} has ${there} rows staged of ${table}, version ${tableVersion}, not ${wanted}: discard it and stage it again.`,
    );
  }
}
