import type { Clock } from "../async/clock.ts";
import type { RunEvent } from "../run-events.ts";
import type { PartitionRecord } from "../source/partition.ts";
import type { PlanContext, Resource } from "../source/resource.ts";
import { extractResource } from "./extract-resource.ts";
import type { PackageSequence } from "./package-sequence.ts";
import type { ParentSpool } from "./parent-spool.ts";
import { ResourceCursor, wholeRange } from "./resource-cursor.ts";
import type { ResourceState } from "./resource-state.ts";
import type { ResourceTally } from "./resource-tally.ts";

/** What {@link extractSource} works with. */
export interface ExtractSourceOptions {
  /** One for each resource of the run, parents before children. */
  readonly tallies: ReadonlyMap<string, ResourceTally>;
  /** Partitions committed by earlier runs, of all resources of the source. */
  readonly committed: readonly PartitionRecord[];
  readonly packages: PackageSequence;
  readonly spool: ParentSpool;
  /** What the pipeline state holds of a resource. */
  resourceState(resource: string): ResourceState;
  /** Do all partitions of this resource go into one package? */
  together(resource: Resource): boolean;
  readonly clock: Clock;
  readonly windowBytes: number;
  readonly signal: AbortSignal;
  onEvent(event: RunEvent): void;
}

/**
 * Reads the resources of a run, one after another, into load packages. Whatever ends it early, partitions that were complete are sealed
 * and handed over first.
 */
export async function extractSource(options: ExtractSourceOptions): Promise<void> {
  const { tallies, packages, spool, clock, signal, onEvent, windowBytes } = options;
  const selected = new Set(tallies.keys());
  const committed = Map.groupBy(options.committed, ({ resource }) => resource);
  try {
    for (const tally of tallies.values()) {
      signal.throwIfAborted();
      const { resource } = tally;
      const { parent } = resource;
      const state = options.resourceState(resource.name);
      const cursor = resource.incremental && new ResourceCursor(resource.incremental, resource, state);
      const context: PlanContext = {
        committed: (of = resource.name) => committed.get(of) ?? [],
        parents: () => (parent === undefined ? nothing() : spool.records(parent.resource, signal)),
        planned: (of) => tallies.get(of)?.planned ?? [],
        selected,
        cursor: cursor?.range ?? wholeRange,
        now: new Date(clock.now()),
        signal,
      };
      const wanted = fieldsWanted(resource, tallies);
      const together = options.together(resource);
      await extractResource({
        tally,
        context,
        wanted,
        spool,
        state,
        cursor,
        packages,
        together,
        clock,
        windowBytes,
        onEvent,
      });
    }
  } catch (error) {
    // What went wrong first is what the caller has to hear of; what could not be sealed now is salvaged by the next run.
    await packages.close().catch(() => {});
    throw error;
  }
  await packages.close();
}

async function* nothing(): AsyncGenerator<never, void, undefined> {}

function fieldsWanted({ name }: Resource, tallies: ReadonlyMap<string, ResourceTally>): readonly string[] {
  const children = [...tallies.values()].filter(({ resource }) => resource.parent?.resource === name);
  return [...new Set(children.flatMap(({ resource }) => resource.parent?.fields ?? []))];
}
