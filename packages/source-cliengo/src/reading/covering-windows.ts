import type { PartitionRecord } from "@typeload/core";
import { uncoveredSpans } from "./uncovered-spans.ts";
import { windowSpan } from "./window-span.ts";
import type { WindowSpan } from "./window-span.ts";

/** A committed window and what it spans. */
export interface CommittedWindow {
  readonly record: PartitionRecord;
  readonly span: WindowSpan;
}

/**
 * Of committed windows those that are needed to cover what all of them cover, the ones read last first. Windows are cut anew when a
 * span is read again, so that older ones may lie beneath newer ones.
 */
export function coveringWindows(records: readonly PartitionRecord[]): CommittedWindow[] {
  const chosen: CommittedWindow[] = [];
  for (const record of records.toSorted((a, b) => Number(b.loadId) - Number(a.loadId))) {
    const span = windowSpan(record.partition);
    if (span === undefined) continue;
    const above = chosen.map((window) => window.span);
    if (uncoveredSpans(span, above).length > 0) chosen.push({ record, span });
  }
  return chosen;
}
