import type { Contract, Discarded } from "../source/contract.ts";
import { type ContractFinding, type ContractPlace, ContractViolationError } from "./contract-errors.ts";
import type { RecordPlace } from "./normalize-errors.ts";

/** A row that goes to quarantine. */
export interface QuarantinedRow {
  readonly resource: string;
  readonly table: string;
  /** JSON path from the record: `$`, `$.lines[2]`. */
  readonly path: string;
  readonly reason: string;
  readonly value: unknown;
}

/** More different findings than this are counted together: free keys must not fill the report. */
const maximumFindings = 1000;

/** Holds the rows of one resource to its contract. */
export class ContractGuard {
  /** What the row that is being filled was refused for first. */
  private rowFinding: ContractFinding | undefined;
  private place: ContractPlace;
  private readonly contract: Contract;
  private readonly counted = new Map<string, Discarded>();
  private readonly quarantine: (row: QuarantinedRow) => void;

  constructor(resource: string, contract: Contract, quarantine: (row: QuarantinedRow) => void) {
    this.contract = contract;
    this.quarantine = quarantine;
    this.place = { resource };
  }

  /** What was left out so far. */
  get discarded(): readonly Discarded[] {
    return [...this.counted.values()];
  }

  get makesTables(): boolean {
    return this.contract.tables === "evolve";
  }

  /** The following rows come from this record. */
  begin(place: RecordPlace): void {
    this.place = place;
    this.rowFinding = undefined;
  }

  /**
   * May the schema change so? If not, the caller leaves the value out; {@link endRow} says whether the whole row goes.
   *
   * @throws ContractViolationError where the contract says `freeze`.
   */
  allows(finding: ContractFinding & { readonly entity: "columns" | "dataType" }): boolean {
    const mode = this.contract[finding.entity];
    if (mode === "evolve") return true;
    if (mode === "freeze") throw new ContractViolationError(finding, this.place);
    if (mode === "discard-value") this.count(finding, mode);
    else this.rowFinding ??= finding;
    return false;
  }

  /** May a table come to be for these rows? `value`: the record or the list that would fill it. */
  allowsTable(table: string, path: string, value: unknown): boolean {
    const mode = this.contract.tables;
    if (mode === "evolve") return true;
    const finding = { entity: "tables", table, reason: `table "${table}" is new` } as const;
    if (mode === "freeze") throw new ContractViolationError(finding, this.place);
    this.count(finding, mode);
    if (mode === "quarantine") this.send(finding, path, value);
    return false;
  }

  /** Ends a row. Gives `false` when it must not be stored. */
  endRow(path: () => string, value: unknown): boolean {
    const finding = this.rowFinding;
    if (finding === undefined) return true;
    this.rowFinding = undefined;
    const mode = this.contract[finding.entity];
    if (mode !== "evolve" && mode !== "freeze") this.count(finding, mode);
    if (mode === "quarantine") this.send(finding, path(), value);
    return false;
  }

  private send({ table, reason }: ContractFinding, path: string, value: unknown): void {
    this.quarantine({ resource: this.place.resource, table, path, reason, value });
  }

  private count({ entity, table, column }: ContractFinding, mode: Discarded["mode"]): void {
    const exact = JSON.stringify([entity, table, column, mode]);
    const key =
      this.counted.has(exact) || this.counted.size < maximumFindings ? exact : JSON.stringify([entity, table]);
    const before = this.counted.get(key);
    const { resource } = this.place;
    const shown = key === exact ? column : undefined;
    this.counted.set(key, { resource, table, column: shown, entity, mode, count: (before?.count ?? 0) + 1 });
  }
}
