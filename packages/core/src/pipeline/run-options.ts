import type { RowsVerdict } from "../source/partition.ts";
import { ConfigurationError } from "../errors.ts";
import type { RunEvent } from "../run-events.ts";

/** Options of a run. */
export interface RunOptions<Name extends string = string> {
  /** Names of the resources to load. Default: all that are `selected`. */
  readonly resources?: readonly Name[] | undefined;
  /** Ends the run: what was read completely is still committed (within `graceSeconds`), then `run` rejects. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Called with everything that happens. An error that it throws ends the calls, and the run rejects with it when it is over. It may be
   * async: the run does not wait for it in between, but at its end, and an error that it rejects with counts as thrown.
   */
  readonly onEvent?: ((event: RunEvent) => unknown) | undefined;
  /** `run` rejects when a resource is less sure to be complete than this. Each resource is then committed as one package. */
  readonly completeness?: { readonly atLeast: RowsVerdict } | undefined;
  /**
   * Go on although another run holds the lease: that run can commit nothing more. A lock that another machine or container left on the
   * working directory is taken over too, so make sure that nothing works there any more. Default `false`.
   */
  readonly takeOver?: boolean | undefined;
  /** Stop reading after so many seconds, as if aborted. Default: no limit. */
  readonly maxSeconds?: number | undefined;
}

const words: readonly RowsVerdict[] = ["proved", "likely", "unproved", "truncated"];

/** @throws ConfigurationError for an option that cannot work. */
export function checkRunOptions({ completeness, maxSeconds }: RunOptions): void {
  if (completeness !== undefined && !words.includes(completeness.atLeast)) {
    throw new ConfigurationError(`completeness.atLeast is ${completeness.atLeast}: use ${words.join(", ")}`);
  }
  if (maxSeconds !== undefined && !(maxSeconds > 0)) {
    throw new ConfigurationError(`maxSeconds must be a number above 0, it is ${maxSeconds}`);
  }
}
