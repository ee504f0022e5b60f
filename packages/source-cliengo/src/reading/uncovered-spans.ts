import { dayLength, instantOf } from "./window-span.ts";
import type { WindowSpan } from "./window-span.ts";

/**
 * What of the span from `since` to `until` no given span covers, newest first.
 *
 * Spans that meet leave nothing between them. Spans on days that follow each other do only where the older one was shown to include
 * its last day: whether `until` does so is in doubt (cliengo-api.md §3.5).
 */
export function uncoveredSpans(within: WindowSpan, covered: readonly WindowSpan[]): WindowSpan[] {
  const spans = covered
    .map((span) => ({ ...span, from: span.since === undefined ? -Infinity : instantOf(span.since) }))
    .toSorted((a, b) => a.from - b.from);
  const end = within.until === undefined ? Infinity : instantOf(within.until);
  const gaps: WindowSpan[] = [];
  let reached = within.since;
  let reachedAt = within.since === undefined ? -Infinity : instantOf(within.since);
  let isWhole = false;
  for (const { since, until, from, includesUntil } of spans) {
    if (from > end) break;
    if (since !== undefined && from > reachedAt + (isWhole ? dayLength : 0)) {
      gaps.push({ since: reached, until: since });
    }
    const to = until === undefined ? Infinity : instantOf(until);
    if (to > reachedAt) {
      reachedAt = to;
      reached = until;
      isWhole = includesUntil === true;
    } else if (to === reachedAt) {
      isWhole ||= includesUntil === true;
    }
  }
  if (reachedAt < end) gaps.push({ since: reached, until: within.until });
  return gaps.toReversed();
}
