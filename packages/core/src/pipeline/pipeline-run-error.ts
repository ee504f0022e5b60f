import { TypeloadError, isTypeloadError } from "../errors.ts";
import type { RunReport } from "./run-report.ts";

/**
 * A run that did not commit every selected resource. `cause` is the first failure; `report` says what was committed all the same and
 * what the next run goes on with.
 */
export class PipelineRunError<Name extends string = string> extends TypeloadError {
  readonly report: RunReport<Name>;

  constructor(message: string, options: { readonly report: RunReport<Name>; readonly cause: unknown }) {
    super(message, {
      code: isTypeloadError(options.cause) ? options.cause.code : "run_failed",
      retryable: isTypeloadError(options.cause) ? options.cause.retryable : false,
      cause: options.cause,
    });
    this.report = options.report;
  }
}
