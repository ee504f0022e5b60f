import type { PipelineRunError } from "../../src/pipeline/pipeline-run-error.ts";
import type { RunReport } from "../../src/pipeline/run-report.ts";

/** The error of a run that must not succeed. */
export async function rejectionOf(run: Promise<RunReport>): Promise<PipelineRunError> {
  try {
    await run;
  } catch (error) {
    // A test that meets another error fails on its members.
    return error as PipelineRunError;
  }
  throw new Error("the run resolved");
}
