import { dateOf, type RawRequest, rawRequest } from "../http.ts";
import type { RequestOptions } from "../request-options.ts";
import type { ListEndpoint } from "./list-endpoint.ts";
import type { ListPage } from "./read-list-page.ts";
import { idOf } from "./record-id.ts";
import { nextStep, type Walk, walkPages } from "./walk-pages.ts";

/** One page as bytes, for loaders: no digit of a number is lost, and where the records stand is known. */
export interface RawPage {
  /** The body as received, decompressed. It was checked to be JSON in UTF-8. */
  readonly bytes: Uint8Array;
  /** The member that holds the records (`results`, `contacts`, …); empty where the body is the list itself. */
  readonly at: string;
  /** How many records the page has. */
  readonly items: number;
  /** The offset and limit that were asked for. */
  readonly offset: number;
  readonly limit: number;
  /** Records that match, as the API says; undefined where it does not. */
  readonly total: number | undefined;
  /** The last page within reach, although there are more records. */
  readonly ceiling: boolean;
  /** What was asked, without credentials. */
  readonly request: RawRequest;
  /** The server's `Date` header. */
  readonly date: string | undefined;
  /** The records' ids in order; undefined where one has none. */
  readonly ids: readonly string[] | undefined;
}

/** What `rawPages()` takes. */
export interface RawPagesOptions extends RequestOptions {
  /** Page size; default that of the list. */
  limit?: number | undefined;
  /** Where to start; default that of the list. */
  offset?: number | undefined;
  /** How many records of a page to ask for again with the next one: if they do not come again, the list has moved. Default 0. */
  overlap?: number | undefined;
  /** The highest offset to ask for, `false` for no bound. Default: the client's. */
  offsetCeiling?: number | false | undefined;
}

/** The pages of a walk as bytes. */
export async function* rawPages<T>(endpoint: ListEndpoint<T>, walk: Walk): AsyncGenerator<RawPage> {
  for await (const page of walkPages(endpoint, walk)) {
    yield {
      bytes: page.answer.bytes,
      at: page.at,
      items: page.records.length,
      offset: page.offset,
      limit: page.limit,
      total: page.total,
      ceiling: nextStep(page, walk) === "ceiling",
      request: rawRequest(page.answer, endpoint.client.baseUrl),
      date: dateOf(page.answer),
      ids: idsOf(page),
    };
  }
}

function idsOf(page: ListPage): string[] | undefined {
  const ids: string[] = [];
  for (const record of page.records) {
    const id = idOf(record);
    if (id === undefined) return undefined;
    ids.push(id);
  }
  return ids;
}
