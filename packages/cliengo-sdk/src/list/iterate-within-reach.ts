import { OffsetCeilingError } from "../errors/paging-errors.ts";
import type { ListEndpoint } from "./list-endpoint.ts";
import { recordsOf } from "./page.ts";
import { idOf } from "./record-id.ts";
import { type ListPage, readListPage } from "./read-list-page.ts";
import { nextStep, type Walk, walkPages } from "./walk-pages.ts";

/** How many records of a list can be read from `offset` on in pages of this size. */
export function reachOf(walk: Walk, ceiling: number, pageSize: number): number {
  if (ceiling === Infinity) return Infinity;
  if (walk.offset > ceiling) return 0;
  return (Math.floor((ceiling - walk.offset) / pageSize) + 1) * pageSize;
}

/** Whether the first page of a list shows that `maxItems` of its records cannot all be read. */
export function isBeyondReach(first: ListPage, walk: Walk, maxItems: number, ceiling: number): boolean {
  const wanted = Math.min(Math.max(0, (first.total ?? 0) - walk.offset), maxItems);
  return wanted > reachOf(walk, ceiling, pageSizeOf(first));
}

/** The page size that the server applies, also where it clamps it without a word: a page that is not the last holds fewer then. */
function pageSizeOf({ records, offset, total = 0, appliedLimit }: ListPage): number {
  return records.length > 0 && offset + records.length < total ? Math.min(appliedLimit, records.length) : appliedLimit;
}

/**
 * Every record of a list once, also where it moves while it is read and a page repeats some.
 *
 * @throws OffsetCeilingError before the first record where the total is beyond the API's reach.
 */
export async function* iterateWithinReach<T>(
  endpoint: ListEndpoint<T>,
  walk: Walk,
  maxItems: number,
): AsyncGenerator<T> {
  if (maxItems <= 0) return;
  const first = await readListPage(endpoint, walk.offset, walk.limit, walk.options);
  const ceiling = endpoint.client.offsetCeiling;
  if (isBeyondReach(first, walk, maxItems, ceiling)) {
    const reached = reachOf(walk, ceiling, pageSizeOf(first));
    throw new OffsetCeilingError(`${endpoint.path} has ${first.total} records, of which ${reached} can be read.`, {
      request: first.answer.request,
      hint: `The API refuses offsets above ${ceiling}. Bound the list by \`maxItems\`, or read what is in reach by \`pages()\`.`,
      reached,
      total: first.total,
    });
  }
  yield* iterateFrom(endpoint, walk, first, maxItems, new Set());
}

/** The records of a walk that begins with a page, without those whose id was seen; at most `maxItems`. Returns whether the walk's ceiling ended it. */
export async function* iterateFrom<T>(
  endpoint: ListEndpoint<T>,
  walk: Walk,
  first: ListPage | undefined,
  maxItems: number,
  seen: Set<string>,
): AsyncGenerator<T, boolean> {
  let left = maxItems;
  let isCeiling = false;
  for await (const page of walkPages(endpoint, walk, first)) {
    const records = recordsOf(endpoint, page);
    for (const [index, record] of records.entries()) {
      const id = idOf(page.records[index]);
      if (id !== undefined && seen.has(id)) continue;
      if (id !== undefined) seen.add(id);
      yield record;
      if (--left <= 0) return false;
    }
    isCeiling = nextStep(page, walk) === "ceiling";
  }
  return isCeiling;
}
