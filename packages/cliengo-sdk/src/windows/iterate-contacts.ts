import { OffsetCeilingError } from "../errors/paging-errors.ts";
import { isBeyondReach, iterateFrom, iterateWithinReach } from "../list/iterate-within-reach.ts";
import type { ListEndpoint } from "../list/list-endpoint.ts";
import { readListPage } from "../list/read-list-page.ts";
import type { Walk } from "../list/walk-pages.ts";
import type { ContactWindow } from "./contact-window.ts";

/**
 * Every contact once, newest first: by plain paging where that reaches far enough, else window by window.
 *
 * @throws OffsetCeilingError where it comes to more than a thousand contacts that no date tells apart.
 */
export async function* iterateContacts<T>(
  endpoint: ListEndpoint<T>,
  walk: Walk,
  maxItems: number,
  windows: () => AsyncIterable<ContactWindow>,
): AsyncGenerator<T> {
  // A start in the middle has no meaning in windows.
  if (walk.offset > 0 || maxItems <= 0) {
    yield* iterateWithinReach(endpoint, walk, maxItems);
    return;
  }
  const seen = new Set<string>();
  const first = await readListPage(endpoint, 0, walk.limit, walk.options);
  if (!isBeyondReach(first, walk, maxItems, endpoint.client.offsetCeiling)) {
    yield* iterateFrom(endpoint, walk, first, maxItems, seen);
    return;
  }
  let left = maxItems;
  for await (const window of windows()) {
    const { since, until, total } = window;
    if (!window.readable) throw tooCrowded(window, seen.size, endpoint.client.offsetCeiling);
    if (total === 0) continue;
    const part = { ...endpoint, filters: { ...endpoint.filters, since, until } };
    for await (const contact of iterateFrom(part, walk, undefined, left, seen)) {
      yield contact;
      left--;
    }
    if (left <= 0) return;
  }
}

function tooCrowded(window: ContactWindow, reached: number, ceiling: number): OffsetCeilingError {
  const { since, until, total } = window;
  return new OffsetCeilingError(`${total} contacts lie between ${since ?? "the beginning"} and ${until ?? "now"}.`, {
    hint: `The API refuses offsets above ${ceiling}, and no date tells them apart. Narrow the list by \`websiteId\` or \`status\`.`,
    reached,
    total,
    since,
    until,
  });
}
