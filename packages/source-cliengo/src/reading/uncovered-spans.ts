import { dayLength, instantOf } from "./window-span.ts";
import type { WindowSpan } from "./window-span.ts";

/**
 * What of the span from `since` to `until` no given span covers, newest first.
 *
 * Spans that meet on a day, or on two days that follow each other, leave nothing between them: windows are cut at whole days, and
 * whether `until` includes its day decides which of the two the SDK makes (cliengo-api.md §3.5).
 */
export function uncoveredSpans(within: WindowSpan, covered: readonly WindowSpan[]): WindowSpan[] {
  const spans = covered
    .map(({ since, until }) => ({ since, until, from: since === undefined ? -Infinity : instantOf(since) }))
    .toSorted((a, b) => a.from - b.from);
  const end = within.until === undefined ? Infinity : instantOf(within.until);
  const gaps: WindowSpan[] = [];
  let reached = within.since;
  let reachedAt = within.since === undefined ? -Infinity : instantOf(within.since);
  for (const { since, until, from } of spans) {
    if (from > end) break;
    if (since !== undefined && from > reachedAt + dayLength) gaps.push({ since: reached, until: since });
    const to = until === undefined ? Infinity : instantOf(until);
    if (to > reachedAt) {
      reachedAt = to;
      reached = until;
    }
  }
  if (reachedAt < end) gaps.push({ since: reached, until: within.until });
  return gaps.toReversed();
}
