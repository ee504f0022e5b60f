/**
 * What happens to data that does not fit a table as it is.
 *
 * - `evolve`: the schema follows the data.
 * - `freeze`: the load fails with a `ContractViolationError`.
 * - `discard-row`: the row is left out, with the rows below it. A new table is left out as a whole.
 * - `discard-value`: the value is left out. A new table is left out as a whole.
 * - `quarantine`: the row is left out, and kept as JSON in the table `_typeload_quarantine` with the reason. So is each list that wants a new
 *   table.
 *
 * What is left out is counted in the report.
 */
export type ContractMode = "evolve" | "freeze" | "discard-row" | "discard-value" | "quarantine";

export const contractModes: readonly ContractMode[] = [
  "evolve",
  "freeze",
  "discard-row",
  "discard-value",
  "quarantine",
];

/** A contract of a resource: it holds for its table and the child tables. */
export interface Contract {
  /** A table that does not exist, the resource's own included. */
  readonly tables: ContractMode;
  /** A column that does not exist, of a table that does. The first load of a new table makes its columns freely. */
  readonly columns: ContractMode;
  /** A value that its column cannot hold without a wider type or a variant column. */
  readonly dataType: ContractMode;
}

/** One mode for everything, or a mode for each kind of change; what is not named evolves. */
export type ContractOption = ContractMode | { readonly [Entity in keyof Contract]?: ContractMode | undefined };

/** What a contract speaks of. */
export type ContractEntity = keyof Contract;

export const contractEntities = ["tables", "columns", "dataType"] as const;

/** What a contract left out, counted. */
export interface Discarded {
  readonly resource: string;
  readonly table: string;
  readonly column?: string | undefined;
  readonly entity: ContractEntity;
  readonly mode: Exclude<ContractMode, "evolve" | "freeze">;
  /** Rows of the table, or lists or records where the table itself was refused; values for `discard-value`. */
  readonly count: number;
}

/** The option in full. Nothing where everything evolves. */
export function contractOf(option: ContractOption | undefined): Contract | undefined {
  if (option === undefined) return undefined;
  const { tables, columns, dataType } =
    typeof option === "string" ? { tables: option, columns: option, dataType: option } : option;
  const contract = { tables: tables ?? "evolve", columns: columns ?? "evolve", dataType: dataType ?? "evolve" };
  return Object.values(contract).every((mode) => mode === "evolve") ? undefined : contract;
}
