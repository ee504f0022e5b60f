import type { Clock } from "../async/clock.ts";
import type { StateRow } from "../destination/load-commit.ts";
import type { LoggedPartition } from "../extract/load-package.ts";
import { type ResourceState, resourceState, withResourceState } from "../extract/resource-state.ts";
import { digest128 } from "../scan/digest128.ts";
import { parseLossless } from "../scan/parse-lossless.ts";
import { objectOf } from "../schema/stored-object.ts";
import { withIdentity } from "./check-identity.ts";
import { type NewState, type PipelineState, newPipelineState, packState, raiseState } from "./pipeline-state.ts";

/** The state of a pipeline while it runs: as stored, and moved on by what each commit holds. So it never knows more than the tables. */
export class StoredState {
  readonly #clock: Clock;
  readonly #settings: NewState;
  readonly #identity: string | undefined;
  #stored: PipelineState | undefined;
  #pending: PipelineState | undefined;

  /** @param before as stored @param identity whose data the source reads, where it says so */
  constructor(before: PipelineState | undefined, settings: NewState, identity: string | undefined, clock: Clock) {
    this.#clock = clock;
    this.#settings = settings;
    this.#identity = identity;
    this.#stored = before;
  }

  /** What is stored of a resource. */
  resource(name: string): ResourceState {
    return resourceState(this.#stored, this.#settings.schemaName, name);
  }

  /** The row to write with the commit of these partitions; undefined when they change nothing. */
  pending(loadId: string, partitions: readonly LoggedPartition[]): StateRow | undefined {
    const { schemaName } = this.#settings;
    let next = withIdentity(withSchema(this.#stored, this.#settings), schemaName, this.#identity);
    for (const { resource, state } of partitions) {
      if (state !== undefined) next = withResourceState(next, schemaName, resource, objectOf(parseLossless(state)));
    }
    const raised = raiseState(this.#stored, next);
    this.#pending = raised === this.#stored ? undefined : raised;
    if (this.#pending === undefined) return undefined;
    return {
      ...packState(this.#pending),
      createdAt: new Date(this.#clock.now()).toISOString(),
      dltId: digest128(`${loadId} state`),
    };
  }

  /** What {@link pending} gave last is committed. */
  stored(): void {
    this.#stored = this.#pending ?? this.#stored;
    this.#pending = undefined;
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
