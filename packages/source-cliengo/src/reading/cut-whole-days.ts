import type { WindowSpan } from "./window-span.ts";

/** Windows as the SDK cuts them, put together to whole days. */
export interface WholeDays {
  readonly covers: WindowSpan;
  readonly parts: readonly WindowSpan[];
  readonly closed: boolean;
}

/**
 * Puts windows that the SDK cut from `span`, newest first, together so that each begins with a day: bare dates mean a day of the account's
 * zone, which nobody knows, so they cannot be compared with times of day. Windows of one cut follow each other without a gap:
 * each covers what lies between it and the newer one.
 */
export async function* cutWholeDays(
  span: WindowSpan,
  windows: AsyncIterable<WindowSpan & { readonly closed: boolean }>,
): AsyncGenerator<WholeDays, void, undefined> {
  let { until } = span;
  let parts: WindowSpan[] = [];
  let closed = true;
  for await (const window of windows) {
    const { since } = window;
    parts.push({ since, until: window.until });
    closed &&= window.closed;
    if (since !== span.since && since !== undefined && !/^\d{4}-\d\d-\d\d$/.test(since)) continue;
    yield { covers: { since, until }, parts, closed };
    until = since;
    parts = [];
    closed = true;
  }
}
