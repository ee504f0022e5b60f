import type { Partition, PartitionRecord, PlanContext, PlanSummary } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { contactPartition } from "./contact-window.ts";
import { coveringWindows } from "./covering-windows.ts";
import type { CommittedWindow } from "./covering-windows.ts";
import { cutWholeDays } from "./cut-whole-days.ts";
import { uncoveredSpans } from "./uncovered-spans.ts";
import { unsharedEnd } from "./unshared-end.ts";
import { dateText, dayLength, end, overlap } from "./window-span.ts";

/** Resources whose rows hang on contacts: a window is done only when it is done for each of them that is loaded. */
const children = ["contact_notes", "contact_messages", "contact_history"] as const;

/**
 * Plans the windows of creation dates to read: what no earlier run has read, what was `unproved`, the trailing days (edits do not change a
 * creation date), and of the rest those that were read longest ago. Windows never overlap, so their counts add up; Cliengo's count of
 * all contacts says whether some lie in none of them.
 */
export async function* planContactWindows(
  context: PlanContext,
  reading: CliengoReading,
): AsyncGenerator<Partition, PlanSummary, undefined> {
  const { client, since, trailingDays, sweepWindows } = reading;
  const { signal } = context;
  const trailing = { since: dateText(context.now.getTime() - trailingDays * dayLength) };
  // Windows that were open hide what older ones hold of their days: that is read again in any case, and must not stand for a turn.
  const covering = coveringWindows(readWindows(context));
  const done = covering.filter(({ window }) => window.closed && overlap(window.covers, { since }));
  const unproved = done.filter(isToRepeat);
  // A window that reaches into the trailing days is read as a whole, so that windows of one run never overlap.
  const rest = done.filter((each) => !unproved.includes(each) && !overlap(each.window.covers, trailing));
  const kept = rest.slice(0, Math.max(0, rest.length - sweepWindows));

  const countAll = async (): Promise<number | undefined> =>
    (await client.contacts.list({ since, limit: 1 }, { signal })).total;
  let total: number | undefined;
  const gaps = uncoveredSpans(
    { since },
    kept.map(({ window }) => window.covers),
  );
  let isAll = true;
  for (const gap of gaps) {
    const sent = { since: gap.since, until: await unsharedEnd(client, gap, signal) };
    for await (const { covers, parts, closed } of cutWholeDays(gap, client.contacts.windows({ ...sent, signal }))) {
      if (isAll && (kept.length > 0 || covers.since !== since)) {
        isAll = false;
        total = await countAll();
      }
      const again = unproved.some(({ window }) => overlap(window.covers, covers));
      const [newest, ...older] = parts;
      const isShared = newest !== undefined && newest.until === covers.until;
      const apart = isShared ? [{ ...newest, until: await unsharedEnd(client, newest, signal) }, ...older] : parts;
      yield contactPartition({ covers, parts: apart, closed, again });
    }
  }
  const open = gaps.find((gap) => end(gap) === Infinity);
  return {
    skipped: kept.map(({ record }) => record),
    freshness: kept.length === 0 ? undefined : open?.since,
    total: isAll ? undefined : lesser(total, await countAll()),
  };
}

/** Contacts that were deleted or created while windows were planned are in one of the counts only. */
function lesser(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function isToRepeat({ record, window }: CommittedWindow): boolean {
  return record.verdict.rows === "unproved" && !window.again;
}

/** Windows that were read to their end, by contacts and then by every child that is loaded. */
function readWindows(context: PlanContext): PartitionRecord[] {
  const markers = children
    .filter((child) => context.selected.has(child))
    .map((child) => new Map(context.committed(child).map(({ partition: { id }, loadId }) => [id, Number(loadId)])));
  return context.committed("contacts").filter(({ partition, loadId }) => {
    // A marker of an earlier reading says nothing of what this one found.
    const isRead = (marks: ReadonlyMap<string, number>): boolean =>
      (marks.get(`done ${partition.id}`) ?? 0) >= Number(loadId);
    return partition.kind === "window" && markers.every(isRead);
  });
}
