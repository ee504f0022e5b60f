import { IncompleteListError, OffsetCeilingError } from "../errors/paging-errors.ts";
import { isBeyondReach, iterateFrom, iterateWithinReach } from "../list/iterate-within-reach.ts";
import type { ListEndpoint } from "../list/list-endpoint.ts";
import { idOf } from "../list/record-id.ts";
import { readListPage } from "../list/read-list-page.ts";
import type { Walk } from "../list/walk-pages.ts";
import type { ContactWindow } from "./contact-window.ts";

/**
 * Every contact once, newest first: by plain paging where that reaches far enough, else window by window; also where a list without a
 * total, or with one that is too low, turns out to go on beyond the ceiling.
 *
 * @throws OffsetCeilingError where it comes to more than a thousand contacts that no date tells apart;
 * IncompleteListError at the end, where windows that were read to their end did not hold all there are.
 */
export async function* iterateContacts<T>(
  endpoint: ListEndpoint<T>,
  walk: Walk,
  maxItems: number,
  windows: (options: { readonly trustTotal: boolean }) => AsyncIterable<ContactWindow>,
): AsyncGenerator<T> {
  // A start in the middle has no meaning in windows.
  if (walk.offset > 0 || maxItems <= 0) {
    yield* iterateWithinReach(endpoint, walk, maxItems);
    return;
  }
  const seen = new Set<string>();
  const first = await readListPage(endpoint, 0, walk.limit, walk.options);
  const ceiling = endpoint.client.offsetCeiling;
  const trustTotal = isBeyondReach(first, walk, maxItems, ceiling);
  if (!trustTotal && !(yield* iterateFrom(endpoint, { ...walk, ceiling }, first, maxItems, seen))) return;
  let given = seen.size;
  // Contacts that were counted and did not come: deleted meanwhile, or counted although no list shows them.
  let absent = 0;
  for await (const window of windows({ trustTotal })) {
    const { since, until, total = 0 } = window;
    if (!window.readable) throw tooCrowded(window, given, ceiling);
    if (total === 0) continue;
    const part = { ...endpoint, filters: { ...endpoint.filters, since, until } };
    let received = 0;
    for await (const contact of iterateFrom(part, walk, undefined, Infinity, new Set())) {
      received++;
      const id = idOf(contact);
      if (id !== undefined && seen.has(id)) continue;
      if (id !== undefined) seen.add(id);
      yield contact;
      if (++given >= maxItems) return;
    }
    absent += Math.max(0, total - received);
  }
  const { total: before = 0 } = first;
  if (given + absent >= before) return;
  // Of those that were there at the beginning, some may be deleted by now.
  const { total = before } = await readListPage(endpoint, 0, 1, walk.options);
  if (given + absent < total) throw incomplete(given, Math.min(before, total));
}

function incomplete(read: number, total: number): IncompleteListError {
  return new IncompleteListError(`Of ${total} contacts ${read} came, although every window was read to its end.`, {
    hint: "The API seems to understand `since` and `until` in another way: narrow the list by `websiteId` or `status`.",
    read,
    total,
  });
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
