import type { RunOptions } from "./run-options.ts";

/** Options of a replay. */
export interface ReplayOptions extends Pick<RunOptions, "signal" | "onEvent" | "takeOver"> {
  /** Load ids of the packages to replay, in any order. Default: all that were kept of the source. */
  readonly packages?: readonly string[] | undefined;
}
