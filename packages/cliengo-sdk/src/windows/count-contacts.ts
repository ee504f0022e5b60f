import type { ListEndpoint } from "../list/list-endpoint.ts";
import { readListPage } from "../list/read-list-page.ts";
import type { RequestOptions } from "../request-options.ts";

/** Probes of the contact list, a record each. */
export interface ContactCounter {
  /** How many contacts lie between two dates; undefined where the API does not count. */
  count(since: string | undefined, until: string | undefined): Promise<number | undefined>;
  /** When the contact at a place of the list, newest first, was created, in milliseconds; undefined where unknown. */
  creationInstant(since: string | undefined, until: string | undefined, offset: number): Promise<number | undefined>;
  /** The server's time at the last answer, in milliseconds; undefined where it gave none. */
  serverNow(): number | undefined;
}

/** Counts by the same filters as the list that is to be cut. */
export function createContactCounter<T>(
  endpoint: ListEndpoint<T>,
  options: RequestOptions | undefined,
): ContactCounter {
  let serverNow: number | undefined;
  const probe = async (since: string | undefined, until: string | undefined, offset: number) => {
    const page = await readListPage(
      { ...endpoint, filters: { ...endpoint.filters, since, until } },
      offset,
      1,
      options,
    );
    const date = Date.parse(page.answer.headers.get("date") ?? "");
    if (!Number.isNaN(date)) serverNow = date;
    return page;
  };
  return {
    count: async (since, until) => (await probe(since, until, 0)).total,
    async creationInstant(since, until, offset) {
      const [record] = (await probe(since, until, offset)).records;
      if (typeof record !== "object" || record === null || !("creationDate" in record)) return undefined;
      const { creationDate } = record;
      // Epoch milliseconds were reported once.
      const instant = typeof creationDate === "number" ? creationDate : Date.parse(String(creationDate));
      return Number.isNaN(instant) ? undefined : instant;
    },
    serverNow: () => serverNow,
  };
}
