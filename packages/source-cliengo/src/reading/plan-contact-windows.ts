import type { Partition, PartitionRecord, PlanContext, PlanSummary } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { contactPartition } from "./contact-window.ts";
import { coveringWindows } from "./covering-windows.ts";
import type { CommittedWindow } from "./covering-windows.ts";
import { cutWholeDays } from "./cut-whole-days.ts";
import { uncoveredSpans } from "./uncovered-spans.ts";
import { dateText, dayLength, end, overlap } from "./window-span.ts";

/** Resources whose rows hang on contacts: a window is done only when it is done for each of them that is loaded. */
const children = ["contact_notes", "contact_messages", "contact_history"] as const;

/**
 * Plans the windows of creation dates to read: what no earlier run has read, what was `unproved`, the trailing days (edits do not change a
 * creation date), and of the rest those that were read longest ago.
 */
export async function* planContactWindows(
  context: PlanContext,
  reading: CliengoReading,
): AsyncGenerator<Partition, PlanSummary, undefined> {
  const { client, since, trailingDays, sweepWindows } = reading;
  const { signal } = context;
  const trailing = { since: dateText(context.now.getTime() - trailingDays * dayLength) };
  const done = coveringWindows(doneWindows(context)).filter(({ window }) => overlap(window.covers, { since }));
  const unproved = done.filter(isToRepeat);
  // A window that reaches into the trailing days is read as a whole, so that windows of one run never overlap.
  const rest = done.filter((each) => !unproved.includes(each) && !overlap(each.window.covers, trailing));
  const kept = rest.slice(0, Math.max(0, rest.length - sweepWindows));

  const gaps = uncoveredSpans(
    { since },
    kept.map(({ window }) => window.covers),
  );
  for (const gap of gaps) {
    for await (const window of cutWholeDays(gap, client.contacts.windows({ ...gap, signal }))) {
      const again = unproved.some((before) => overlap(before.window.covers, window.covers));
      yield contactPartition({ ...window, again });
    }
  }
  if (kept.length === 0) return {};
  const open = gaps.find((gap) => end(gap) === Infinity);
  return { skipped: kept.map(({ record }) => record), freshness: open?.since };
}

function isToRepeat({ record, window }: CommittedWindow): boolean {
  return record.verdict.rows === "unproved" && !window.again;
}

/** Windows that are over and were read to their end, by contacts and then by every child that is loaded. */
function doneWindows(context: PlanContext): PartitionRecord[] {
  const markers = children
    .filter((child) => context.selected.has(child))
    .map((child) => new Map(context.committed(child).map(({ partition: { id }, loadId }) => [id, Number(loadId)])));
  return context.committed("contacts").filter(({ partition, loadId }) => {
    const { kind, data } = partition;
    if (kind !== "window" || typeof data !== "object" || data === null || !("closed" in data)) return false;
    // A marker of an earlier reading says nothing of what this one found.
    const isRead = (marks: ReadonlyMap<string, number>): boolean =>
      (marks.get(`done ${partition.id}`) ?? 0) >= Number(loadId);
    return data.closed === true && markers.every(isRead);
  });
}
