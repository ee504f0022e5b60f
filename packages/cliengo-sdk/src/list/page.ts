import { type ListEndpoint } from "./list-endpoint.ts";
import { isObject, type ListPage } from "./read-list-page.ts";
import { wrongShape } from "../transport/read-json-body.ts";
import { nextStep, readNextPage, type Walk } from "./walk-pages.ts";

/** One page of a list, as the API gave it. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Records that match, also those beyond the reach of `offset`; undefined where the API does not say. */
  readonly total: number | undefined;
  readonly offset: number;
  readonly limit: number;
  /** Whether there may be another page. */
  readonly hasNext: boolean;
  /** Reads the next page; undefined after the last. Beyond offset 1000 the API refuses: `OffsetCeilingError`. */
  next(): Promise<Page<T> | undefined>;
}

/** The page as its caller sees it. */
export function toPage<T>(endpoint: ListEndpoint<T>, walk: Walk, page: ListPage): Page<T> {
  const hasNext = nextStep(page, walk) !== "end";
  return {
    items: recordsOf(endpoint, page),
    total: page.total,
    offset: page.offset,
    limit: page.limit,
    hasNext,
    async next() {
      const next = hasNext ? await readNextPage(endpoint, page, walk) : undefined;
      return next === undefined ? undefined : toPage(endpoint, walk, next);
    },
  };
}

/** The records of a page in their declared type. */
export function recordsOf<T>(endpoint: ListEndpoint<T>, page: ListPage): readonly T[] {
  // The API's description types them; nothing checks that at run time.
  const records = page.records as readonly T[];
  const { fromRecord } = endpoint;
  if (fromRecord === undefined) return records;
  return records.map((record) => {
    if (isObject(record)) return fromRecord(record);
    throw wrongShape("has a record that is no object", page.answer, endpoint.client.redactor);
  });
}
