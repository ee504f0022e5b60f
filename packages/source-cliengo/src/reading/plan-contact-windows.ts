import type { Partition, PartitionRecord, PlanContext, PlanSummary } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { coveringWindows } from "./covering-windows.ts";
import { uncoveredSpans } from "./uncovered-spans.ts";
import { dateText, dayLength, instantOf, spanId, windowSpan } from "./window-span.ts";
import type { WindowSpan } from "./window-span.ts";

/** Resources whose rows hang on contacts: a window is done only when it is done for each of them that is loaded. */
const children = ["contact_notes", "contact_messages", "contact_history"] as const;

/**
 * Plans the windows of creation dates to read: what no earlier run has read, the trailing days (edits do not change a creation date), and
 * of the rest those that were read longest ago.
 */
export async function* planContactWindows(
  context: PlanContext,
  reading: CliengoReading,
): AsyncGenerator<Partition, PlanSummary, undefined> {
  const done = coveringWindows(doneWindows(context));
  const kept = done.slice(0, Math.max(0, done.length - reading.sweepWindows));
  const trailing = dateText(context.now.getTime() - reading.trailingDays * dayLength);

  // The newest part is open: contacts come in while it is read. It begins at the trailing days, or earlier where nothing is read yet.
  const gaps = uncoveredSpans(
    { since: reading.since },
    kept.map(({ span }) => span),
  );
  const newest = gaps.find(({ until }) => until === undefined);
  const older = gaps.filter((gap) => gap !== newest);
  const open: WindowSpan = {
    since: earlier(newest?.since, done.length === 0 ? reading.since : trailing, reading.since),
  };

  const planned: string[] = [];
  for (const span of [open, ...older]) {
    for await (const window of reading.client.contacts.windows({ ...span, signal: context.signal })) {
      const partition = windowPartition(window);
      if (planned.includes(partition.id)) continue;
      planned.push(partition.id);
      yield partition;
    }
  }
  const skipped = kept.flatMap(({ record }) => (planned.includes(record.partition.id) ? [] : [record]));
  return skipped.length === 0 ? {} : { skipped, freshness: open.since };
}

/** Windows that are over and were read to their end, by contacts and by every child that is loaded. */
function doneWindows(context: PlanContext): PartitionRecord[] {
  const closed = context
    .committed("contacts")
    .filter(({ partition }) => partition.kind === "window" && isClosed(partition));
  const loaded = children.filter((child) => context.selected.has(child));
  return closed.filter(({ partition }) => {
    const span = windowSpan(partition);
    return (
      span !== undefined &&
      loaded.every((child) => context.committed(child).some((record) => record.partition.id === `done ${spanId(span)}`))
    );
  });
}

function windowPartition(window: WindowSpan & { readonly closed: boolean }): Partition {
  const { since, until, closed, includesUntil = false } = window;
  const data = { since: since ?? null, until: until ?? null, closed, includesUntil };
  return { id: spanId(window), kind: "window", data };
}

/** Whether a window lay in the past as a whole when it was planned. */
function isClosed({ data }: Partition): boolean {
  return typeof data === "object" && data !== null && "closed" in data && data.closed === true;
}

/** The earlier of two bounds, but not before the lowest; absent is earliest. */
function earlier(a: string | undefined, b: string | undefined, lowest: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return lowest;
  const bound = instantOf(a) < instantOf(b) ? a : b;
  return lowest !== undefined && instantOf(lowest) > instantOf(bound) ? lowest : bound;
}
