import type { CompletenessRecord, PartitionRecord, StateRow, Table, TableChain } from "@typeload/core";
import type { CellInput } from "@typeload/core/testing";

export const trialPipeline = "trial";
export const trialSchema = "trial";

/** Rows as a check writes them: cells by column name. */
export type TrialRow = Readonly<Record<string, CellInput>>;

/** A slice of a table's rows that is staged by one call. */
export interface TrialPart {
  readonly table: Table;
  /** Default 1. */
  readonly tableVersion?: number | undefined;
  readonly part: number;
  readonly rows: readonly TrialRow[];
  /** Ordinal of the root record of each row. Default: 1, 2, 3 … */
  readonly ordinals?: readonly number[] | undefined;
}

/** A load that a check makes: what core would hand to a destination. */
export interface TrialLoad {
  readonly loadId: string;
  readonly chains: readonly TrialChain[];
  readonly parts: readonly TrialPart[];
  readonly state?: StateRow | undefined;
  readonly partitions?: readonly PartitionRecord[] | undefined;
  readonly completeness?: readonly CompletenessRecord[] | undefined;
  /** Default: the trial's pipeline and schema. */
  readonly pipeline?: string | undefined;
  readonly schemaName?: string | undefined;
  /** Default: derived from the load id, so that later loads are later. */
  readonly committedAt?: string | undefined;
}

/** A root table with its children, and how it is written. */
export interface TrialChain extends Pick<TableChain, "writeDisposition" | "dedupSort" | "hardDelete" | "scd2"> {
  /** The root first, parents before children: as they are in the target after `prepare`. */
  readonly tables: readonly Table[];
  readonly primaryKey?: readonly string[] | undefined;
  readonly mergeKey?: readonly string[] | undefined;
  readonly unchanged?: TableChain["unchanged"] | undefined;
}

/** The chains as a commit names them: each with what was staged of it. */
export function chainsOf({ chains, parts }: TrialLoad): readonly TableChain[] {
  return chains.map((chain) => ({
    resource: chain.tables[0]?.resource ?? chain.tables[0]?.name ?? "",
    writeDisposition: chain.writeDisposition,
    unchanged: chain.unchanged ?? "rewrite",
    primaryKey: chain.primaryKey ?? [],
    mergeKey: chain.mergeKey ?? [],
    dedupSort: chain.dedupSort,
    hardDelete: chain.hardDelete,
    scd2: chain.scd2,
    tables: chain.tables.map((table) => {
      const staged = parts.filter((part) => part.table.name === table.name);
      const versions = Map.groupBy(staged, ({ tableVersion = 1 }) => tableVersion);
      return {
        table,
        versions: [...versions].map(([tableVersion, ofVersion]) => ({
          tableVersion,
          table: ofVersion.at(-1)?.table ?? table,
          rows: ofVersion.reduce((sum, { rows }) => sum + rows.length, 0),
        })),
      };
    }),
  }));
}

/** A load of one table without children. Rows get `_dlt_load_id` and `_dlt_id` where the table has these and the row does not. */
export function plainLoad(
  load: Omit<TrialLoad, "chains" | "parts"> & Omit<TrialChain, "tables"> & { table: Table; rows: readonly TrialRow[] },
): TrialLoad {
  const { table, rows } = load;
  return {
    ...load,
    chains: [{ ...load, tables: [table] }],
    parts: rows.length === 0 ? [] : [{ table, part: 0, rows: identified(load.loadId, table, rows) }],
  };
}

/** Fills in the generated columns of root rows. */
export function identified(loadId: string, table: Table, rows: readonly TrialRow[]): readonly TrialRow[] {
  const has = (name: string): boolean => table.columns.some((column) => column.name === name);
  return rows.map((row, index) => ({
    ...(has("_dlt_load_id") ? { _dlt_load_id: loadId } : {}),
    ...(has("_dlt_id") ? { _dlt_id: `${loadId}-${table.name}-${index + 1}` } : {}),
    ...row,
  }));
}

/** The load id of the n-th load of a check: decimal seconds, later loads greater. */
export function loadId(n: number): string {
  return `${1_767_225_600 + n}.000001`;
}
