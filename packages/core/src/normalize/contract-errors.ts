import type { ContractEntity } from "../source/contract.ts";
import { TypeloadError } from "../errors.ts";
import type { RecordPlace } from "./normalize-errors.ts";

/** What a contract found: which change of the schema a record wants. */
export interface ContractFinding {
  readonly entity: ContractEntity;
  readonly table: string;
  /** The column that is new, or the one whose type the value does not have. */
  readonly column?: string | undefined;
  /** In words, for the error and the quarantine: `column "w" is new (bigint)`. */
  readonly reason: string;
}

/** Where a record came from; the resource alone where it is not a record that does not fit. */
export type ContractPlace = RecordPlace | Pick<RecordPlace, "resource">;

/** A record wants a change of the schema that the contract of its resource forbids (`freeze`). Nothing of the package is loaded. */
export class ContractViolationError extends TypeloadError {
  readonly entity: ContractEntity;
  readonly table: string;
  readonly column: string | undefined;

  constructor({ entity, table, column, reason }: ContractFinding, place: ContractPlace) {
    const from = "request" in place && place.request !== undefined ? ` (${place.request})` : "";
    const who = "record" in place ? `record ${place.record} of page ${place.page}${from}` : "its definition";
    super(
      `the contract of resource "${place.resource}" freezes ${entity}, but ${who} does not fit table "${table}": ${reason}. ` +
        `Correct the source, or let the contract evolve, discard or quarantine ${entity}: contract: { ${entity}: "evolve" }`,
      { code: "contract_violation" },
    );
    this.entity = entity;
    this.table = table;
    this.column = column;
  }
}
