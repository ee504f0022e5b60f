import { RepeatedPageError } from "../errors/paging-errors.ts";
import type { RequestOptions } from "../request-options.ts";
import { defaultLimit, type ListEndpoint } from "./list-endpoint.ts";
import { idOf } from "./record-id.ts";
import { type ListPage, readListPage } from "./read-list-page.ts";

/** How a list is walked. */
export interface Walk {
  readonly limit: number;
  readonly offset: number;
  /** How many records of a page are asked for again with the next, so that a list that moves is noticed. */
  readonly overlap: number;
  /** The highest offset to ask for; Infinity to leave the answer to the API. */
  readonly ceiling: number;
  readonly options: RequestOptions | undefined;
}

/** The offset to ask for after a page, or why there is none. */
export type NextStep = number | "end" | "ceiling";

/** What comes after a page. Never depends on `page`, which the API ignores. */
export function nextStep(page: ListPage, walk: Walk): NextStep {
  // At least one new record a page, so that it moves on.
  const overlap = Math.min(walk.overlap, Math.max(0, page.advance - 1));
  const next = page.offset + page.advance - overlap;
  if (hasEnded(page, walk.overlap)) return "end";
  if (next <= walk.ceiling) return next;
  if (page.hasPaging && isTotalReached(page)) return "end";
  // With an overlap asked for, records may come twice: so the last page may begin at the ceiling itself.
  return walk.overlap > 0 && page.offset < walk.ceiling ? walk.ceiling : "ceiling";
}

function hasEnded(page: ListPage, overlap: number): boolean {
  const received = page.records.length;
  // Nothing but what the page before had.
  const repeated = Math.min(overlap, page.appliedLimit - 1);
  if (received === 0 || (page.offset > 0 && received <= repeated)) return true;
  // Where the answer says nothing about paging, a list that is not just as long as a page is all there is. A page that is larger
  // than any that was seen to work may have been clamped.
  if (!page.hasPaging) return received > page.limit || received < Math.min(page.limit, defaultLimit);
  if (page.total === undefined || page.offset + page.advance < page.total) return false;
  // More records than the total admits: it lies, so the list ends where a page is not full. With an overlap asked for, a total that
  // is too low by what follows a full page is noticed as well.
  return (overlap === 0 && isTotalReached(page)) || received < page.appliedLimit;
}

function isTotalReached({ offset, advance, total }: ListPage): boolean {
  return offset + advance === total;
}

/**
 * The pages of a list in order. Ends on an empty page, where the total is reached (with an overlap: by a page that is not full), at the walk's ceiling, or on a short
 * page that comes again.
 *
 * @throws RepeatedPageError where a full page comes again: the API ignores `offset`.
 */
export async function* walkPages<T>(endpoint: ListEndpoint<T>, walk: Walk, first?: ListPage): AsyncGenerator<ListPage> {
  let page = first ?? (await readListPage(endpoint, walk.offset, walk.limit, walk.options));
  for (;;) {
    yield page;
    const next = await readNextPage(endpoint, page, walk);
    if (next === undefined) return;
    page = next;
  }
}

/** The page after a page; undefined where it was the last. */
export async function readNextPage<T>(
  endpoint: ListEndpoint<T>,
  page: ListPage,
  walk: Walk,
): Promise<ListPage | undefined> {
  const step = nextStep(page, walk);
  if (typeof step === "string") return undefined;
  const next = await readListPage(endpoint, step, walk.limit, walk.options);
  if (next.records.length === 0 || !isSameContent(page, next)) return next;
  // Records without ids may well be equal, where the server says where it is and how many there are.
  const hasIds = next.records.some((record) => idOf(record) !== undefined);
  if (!hasIds && next.isAtOffset && next.total !== undefined) return next;
  // Without paging the first page was the whole list, by chance as long as the page size.
  if (!next.hasPaging || next.records.length < next.appliedLimit) return undefined;
  throw repeatedPage(next);
}

function repeatedPage(page: ListPage): RepeatedPageError {
  const { request } = page.answer;
  return new RepeatedPageError(`${request.method} ${request.url} gave the same full page as the offset before.`, {
    request,
    hint: "The API seems to ignore `offset` here.",
    offset: page.offset,
  });
}

function isSameContent(a: ListPage, b: ListPage): boolean {
  if (a.records.length !== b.records.length) return false;
  // The last record differs almost always, so that whole pages are hardly ever written out.
  const last = a.records.length - 1;
  return (
    JSON.stringify(a.records[last]) === JSON.stringify(b.records[last]) &&
    JSON.stringify(a.records) === JSON.stringify(b.records)
  );
}
