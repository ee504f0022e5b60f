import type { Clock } from "../async/clock.ts";
import { readInOrder } from "../async/read-in-order.ts";
import type { RunEvent } from "../run-events.ts";
import type { Partition } from "../source/partition.ts";
import type { PlanContext } from "../source/resource.ts";
import type { PackageSequence } from "./package-sequence.ts";
import type { PageToLog } from "./page-to-log.ts";
import type { ParentSpool } from "./parent-spool.ts";
import { planPartitions } from "./plan-partitions.ts";
import { readPartition } from "./read-partition.ts";
import type { ResourceCursor } from "./resource-cursor.ts";
import type { ResourceState } from "./resource-state.ts";
import { StateKeeper } from "./state-keeper.ts";
import type { ResourceTally } from "./resource-tally.ts";

/** What {@link extractResource} works with. */
export interface ExtractResourceOptions {
  readonly tally: ResourceTally;
  readonly context: PlanContext;
  /** Members of the records that other resources of this run want to plan with. */
  readonly wanted: readonly string[];
  readonly spool: ParentSpool;
  /** What the pipeline state holds of the resource. */
  readonly state: ResourceState;
  readonly cursor: ResourceCursor | undefined;
  readonly packages: PackageSequence;
  /** All partitions of the resource go into one package. */
  readonly together: boolean;
  readonly clock: Clock;
  /** Bytes of pages that may wait in memory until their turn comes. */
  readonly windowBytes: number;
  onEvent(event: RunEvent): void;
}

/** Reads one resource: plans its partitions, reads several at once, and logs them in the order of the plan. */
export async function extractResource(options: ExtractResourceOptions): Promise<void> {
  const { tally, context, wanted, spool, packages, together, cursor, clock, onEvent } = options;
  const { signal } = context;
  const { resource } = tally;
  const { name } = resource;
  const started = clock.now();
  onEvent({ type: "resource-started", resource: name });

  async function* plan(): AsyncGenerator<Partition, void, undefined> {
    for await (const partition of planPartitions(resource, context, (summary) => tally.summary(summary))) {
      tally.planned.push(partition);
      yield partition;
    }
  }
  const note = (message: string): void => {
    const kept = tally.note(message);
    if (kept !== undefined) onEvent({ type: "resource-noted", resource: name, message: kept });
  };
  const keeper = new StateKeeper(options.state);
  const bounds = {
    concurrency: resource.concurrency,
    tasks: resource.concurrency * 4,
    bytes: options.windowBytes,
  };
  const reading = readInOrder(
    plan(),
    async (partition, push: (page: PageToLog, bytes: number) => Promise<void>, partitionSignal) => {
      const lent = keeper.lend();
      const verdict = await readPartition(
        { resource, partition, wanted, now: context.now, cursor, state: lent, note },
        (page) => push(page, page.page.bytes.length),
        partitionSignal,
      );
      // A cursor's partitions are read one after another, so this is where it stands after this one.
      const stored = cursor?.stored();
      return { verdict, lent, cursor: stored && cursor && { path: cursor.path, stored } };
    },
    bounds,
    signal,
  );

  let begun: Partition | undefined;
  let first = true;
  try {
    for await (const event of reading) {
      const { task: partition } = event;
      if (begun !== partition) {
        await packages.beginPartition(first || !together);
        begun = partition;
        first = false;
      }
      if (event.type === "item") {
        const { page, records, parents } = event.item;
        await packages.append({ resource: name, partition: partition.id, ...page });
        await spool.add(name, parents);
        tally.page(records);
        onEvent({ type: "page-read", resource: name, partition: partition.id, records, bytes: page.bytes.length });
      } else {
        const { verdict, lent, cursor: moved } = event.result;
        await packages.endPartition(name, partition, verdict, keeper.take(lent, moved));
        tally.partition(partition, verdict);
        // One that is planned will bring what is said of the resource as a whole.
        if (!together) packages.rest(() => tally.planned.length > tally.logged);
        onEvent({ type: "partition-read", resource: name, partition: partition.id, verdict });
      }
    }
    tally.finished = true;
    const { rows, expected, read, freshness, note: remark } = tally.completeness();
    packages.finishResource({ resource: name, rows, expected, read, freshness, note: remark });
    onEvent({ type: "resource-read", resource: name, partitions: tally.partitions, records: tally.records });
  } finally {
    tally.seconds = (clock.now() - started) / 1000;
  }
}
