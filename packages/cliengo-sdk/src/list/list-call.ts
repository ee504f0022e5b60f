import type { RequestOptions } from "../request-options.ts";
import { iterateWithinReach } from "./iterate-within-reach.ts";
import { defaultLimit, type ListBounds, type ListEndpoint } from "./list-endpoint.ts";
import { type Page, toPage } from "./page.ts";
import { type RawPage, type RawPagesOptions, rawPages } from "./raw-page.ts";
import { readListPage } from "./read-list-page.ts";
import { type Walk, walkPages } from "./walk-pages.ts";

/**
 * A list that was asked for; nothing is sent before it is used. Iterate it for its records, await it for its first page.
 *
 * @example
 * for await (const user of cliengo.users.list()) console.log(user.email);
 * const page = await cliengo.users.list({ limit: 10 });
 */
export interface ListCall<T> extends PromiseLike<Page<T>>, AsyncIterable<T> {
  /** The pages as the API gives them. Beyond offset 1000 it refuses: `OffsetCeilingError`. */
  pages(): AsyncIterable<Page<T>>;
  /** The first `max` records, or all if there are fewer. */
  toArray(options: { max: number }): Promise<T[]>;
  /** The pages as bytes, for loaders. Ends at the offset ceiling, marked by `ceiling: true`. */
  rawPages(options?: RawPagesOptions): AsyncIterable<RawPage>;
}

/** How the records of a list are iterated. */
export type IterateList<T> = (endpoint: ListEndpoint<T>, walk: Walk, maxItems: number) => AsyncIterable<T>;

/** A list call; `iterate` is what a list that can go past the ceiling replaces. */
export function createListCall<T>(
  endpoint: ListEndpoint<T>,
  bounds: ListBounds,
  options: RequestOptions | undefined,
  iterate: IterateList<T> = iterateWithinReach,
): ListCall<T> {
  const maxItems = bounds.maxItems ?? Infinity;
  const walk: Walk = {
    limit: Math.max(1, Math.min(bounds.limit ?? defaultLimit, maxItems)),
    offset: bounds.offset ?? 0,
    overlap: 0,
    // Raw: the API itself says what is too far.
    ceiling: Infinity,
    options,
  };
  let firstPage: Promise<Page<T>> | undefined;
  const readFirstPage = async (): Promise<Page<T>> =>
    toPage(endpoint, walk, await readListPage(endpoint, walk.offset, walk.limit, options));

  return {
    // oxlint-disable-next-line unicorn/no-thenable -- a list call is awaited for its first page
    then(onFulfilled, onRejected) {
      firstPage ??= readFirstPage();
      return firstPage.then(onFulfilled, onRejected);
    },
    [Symbol.asyncIterator]: () => iterate(endpoint, walk, maxItems)[Symbol.asyncIterator](),
    async *pages() {
      for await (const page of walkPages(endpoint, walk)) yield toPage(endpoint, walk, page);
    },
    async toArray({ max }) {
      const items: T[] = [];
      const upTo = Math.min(max, maxItems);
      if (upTo <= 0) return items;
      const bounded = { ...walk, limit: Math.max(1, Math.min(walk.limit, upTo)) };
      for await (const item of iterate(endpoint, bounded, upTo)) items.push(item);
      return items;
    },
    rawPages: (raw = {}) => rawPages(endpoint, rawWalk(walk, raw, endpoint.client.offsetCeiling)),
  };
}

/** The walk of `rawPages()`: its own options, else the list's. */
export function rawWalk(walk: Walk, options: RawPagesOptions, clientCeiling: number): Walk {
  const { limit, offset, overlap, offsetCeiling, ...requestOptions } = options;
  return {
    limit: limit ?? walk.limit,
    offset: offset ?? walk.offset,
    overlap: overlap ?? 0,
    ceiling: offsetCeiling === false ? Infinity : (offsetCeiling ?? clientCeiling),
    options: { ...walk.options, ...requestOptions },
  };
}
