import type { Clock } from "../async/clock.ts";
import type { StateRow } from "../destination/load-commit.ts";
import { digest128 } from "../scan/digest128.ts";
import { withIdentity } from "./check-identity.ts";
import { type NewState, type PipelineState, newPipelineState, packState, raiseState } from "./pipeline-state.ts";

/** The state of a pipeline while it runs: as stored, and as it should be stored with the next commit. */
export class StoredState {
  readonly #clock: Clock;
  readonly #before: PipelineState | undefined;
  readonly #next: PipelineState;
  #stored = false;

  /** @param before as stored @param identity whose data the source reads, where it says so */
  constructor(before: PipelineState | undefined, settings: NewState, identity: string | undefined, clock: Clock) {
    this.#clock = clock;
    this.#before = before;
    this.#next = raiseState(before, withIdentity(withSchema(before, settings), settings.schemaName, identity));
  }

  /** The row to write with a commit; undefined when nothing changed, or when it was written. */
  pending(loadId: string): StateRow | undefined {
    if (this.#stored || this.#next === this.#before) return undefined;
    return {
      ...packState(this.#next),
      createdAt: new Date(this.#clock.now()).toISOString(),
      dltId: digest128(`${loadId} state`),
    };
  }

  stored(): void {
    this.#stored = true;
  }
}

function withSchema(before: PipelineState | undefined, settings: NewState): PipelineState {
  if (before === undefined) return newPipelineState(settings);
  const names: unknown = before["schema_names"];
  const known = Array.isArray(names) ? names : [];
  return known.includes(settings.schemaName)
    ? before
    : { ...before, schema_names: [...known.map(String), settings.schemaName].toSorted() };
}
