import { begin, end } from "./window-span.ts";
import type { WindowSpan } from "./window-span.ts";

/** What of the span from `since` to `until` no given span covers, newest first. */
export function uncoveredSpans(within: WindowSpan, covered: readonly WindowSpan[]): WindowSpan[] {
  const gaps: WindowSpan[] = [];
  let reached = within.since;
  let reachedAt = begin(within);
  for (const span of covered.toSorted((a, b) => begin(a) - begin(b))) {
    if (begin(span) >= end(within)) break;
    if (begin(span) > reachedAt) gaps.push({ since: reached, until: span.since });
    if (end(span) > reachedAt) {
      reachedAt = end(span);
      reached = span.until;
    }
  }
  if (reachedAt < end(within)) gaps.push({ since: reached, until: within.until });
  return gaps.toReversed();
}
