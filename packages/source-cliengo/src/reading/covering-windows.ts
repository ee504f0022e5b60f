import type { PartitionRecord } from "@typeload/core";
import { readContactWindow } from "./contact-window.ts";
import type { ContactWindow } from "./contact-window.ts";
import { uncoveredSpans } from "./uncovered-spans.ts";

/** A committed window and what was read by it. */
export interface CommittedWindow {
  readonly record: PartitionRecord;
  readonly window: ContactWindow;
}

/**
 * Of committed windows those that are needed to cover what all of them cover, the ones read last first. Windows are cut anew when a
 * span is read again, so that older ones may lie beneath newer ones.
 */
export function coveringWindows(records: readonly PartitionRecord[]): CommittedWindow[] {
  const chosen: CommittedWindow[] = [];
  for (const record of records.toSorted((a, b) => Number(b.loadId) - Number(a.loadId))) {
    const window = readContactWindow(record.partition);
    if (window === undefined) continue;
    const above = chosen.map(({ window: { covers } }) => covers);
    if (uncoveredSpans(window.covers, above).length > 0) chosen.push({ record, window });
  }
  return chosen;
}
