import { TypeloadError, isTypeloadError } from "../errors.ts";

/** Reading a resource failed: its code threw, or gave something that is no record. `cause` is what it threw. */
export class ResourceReadError extends TypeloadError {
  readonly resource: string;
  /** Absent when planning failed, before a partition was begun. */
  readonly partition: string | undefined;

  constructor(resource: string, partition: string | undefined, cause: unknown) {
    const what = partition === undefined ? "planning what to read" : `reading partition "${partition}"`;
    const said = cause instanceof Error ? cause.message : String(cause);
    // An error of typeload's, or one of its kind, says itself what to do.
    const advice = isTypeloadError(cause)
      ? ""
      : `. Nothing of it is kept: the next run ${partition === undefined ? "plans" : "reads"} it again`;
    super(`resource "${resource}": ${what} failed: ${said}${advice}`, {
      // What the source says of its own error stays true.
      code: isTypeloadError(cause) ? cause.code : "resource_read",
      retryable: isTypeloadError(cause) ? cause.retryable : readRetryable(cause),
      cause,
    });
    this.resource = resource;
    this.partition = partition;
  }
}

function readRetryable(cause: unknown): boolean {
  return typeof cause === "object" && cause !== null && "retryable" in cause && cause.retryable === true;
}

/** A record is not what the schema of its resource (`record`) says, and the contract freezes records. */
export class RecordContractError extends TypeloadError {
  constructor(index: number, request: string | undefined, reason: string) {
    super(
      `record ${index} of ${request ?? "a page"} is refused by the schema of the resource: ${reason}. Correct the source or the schema, or let ` +
        'the contract leave such records out or keep them: contract: { records: "quarantine" }',
      { code: "contract_violation" },
    );
  }
}

/** `read` or `partitions` gave something that typeload cannot work with. */
export class YieldedValueError extends TypeloadError {
  constructor(message: string) {
    super(message, { code: "yielded_value" });
  }
}
