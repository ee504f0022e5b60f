import { TypeloadError } from "../errors.ts";
import type { RowsVerdict } from "../source/partition.ts";

/** The pipeline object is running already: it runs one source at a time. */
export class PipelineBusyError extends TypeloadError {
  constructor(name: string) {
    super(`pipeline "${name}" is running already: wait for that run, or make another pipeline of another name`, {
      code: "pipeline_busy",
      retryable: true,
    });
  }
}

/** The source reads data of another owner than the one whose data the dataset holds. */
export class OtherIdentityError extends TypeloadError {
  constructor(names: {
    readonly pipeline: string;
    readonly dataset: string;
    readonly source: string;
    readonly stored: string;
    readonly identity: string;
  }) {
    super(
      `dataset "${names.dataset}" holds what pipeline "${names.pipeline}" has read of ${names.source} ${names.stored}, and this is ${names.identity}: ` +
        "their rows would mix, and what was read of the one would count as read of the other. Give the other one a pipeline name and a " +
        "dataset of its own, or drop this one first (pipeline.drop())",
      { code: "other_identity" },
    );
  }
}

/** The run took as long as it was allowed to. What was read completely is loaded; the next run goes on from there. */
export class RunDurationError extends TypeloadError {
  constructor(seconds: number) {
    super(`the run was ended after ${seconds} s, as maxSeconds says: run again to go on`, {
      code: "max_duration",
      retryable: true,
    });
  }
}

/** A resource is less sure to be complete than `completeness.atLeast` asks for. It is committed all the same. */
export class IncompleteError extends TypeloadError {
  constructor(
    atLeast: RowsVerdict,
    weaker: readonly { readonly resource: string; readonly rows: RowsVerdict; readonly note?: string | undefined }[],
  ) {
    const list = weaker.map(
      ({ resource, rows, note }) => `${resource} is ${rows}${note === undefined ? "" : ` (${note})`}`,
    );
    super(
      `the rows are not ${atLeast}: ${list.join("; ")}. They are loaded as far as their write disposition allows; ` +
        "ask for less with completeness: { atLeast }, or read again when the source stands still",
      { code: "incomplete", retryable: true },
    );
  }
}
