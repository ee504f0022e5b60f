import type { ListEndpoint } from "../list/list-endpoint.ts";
import { readListPage } from "../list/read-list-page.ts";
import type { RequestOptions } from "../request-options.ts";

/** Probes of the contact list, a record each. */
export interface ContactCounter {
  /**
   * How many contacts lie between two dates. Where the API does not count: the number that its pages hold, or one more than the
   * capacity; undefined where its pages cannot tell.
   */
  count(since: string | undefined, until: string | undefined): Promise<number | undefined>;
  /** Whether a list that was counted as more than the capacity is shorter. Then totals are wrong, and from then on offsets count. */
  isMiscounted(since: string | undefined, until: string | undefined): Promise<boolean>;
  /** When the contact at a place of the list, newest first, was created, in milliseconds; undefined where unknown. */
  creationInstant(since: string | undefined, until: string | undefined, offset: number): Promise<number | undefined>;
  /** The server's time at the last answer, in milliseconds; undefined where it gave none. */
  serverNow(): number | undefined;
}

/** Counts by the same filters as the list that is to be cut; above `capacity`, which offsets reach, it may count no further. */
export function createContactCounter<T>(
  endpoint: ListEndpoint<T>,
  options: RequestOptions | undefined,
  capacity: number,
  trustTotal = true,
): ContactCounter {
  let isTrusted = trustTotal;
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
  const has = async (since: string | undefined, until: string | undefined, offset: number): Promise<boolean> =>
    (await probe(since, until, offset)).records.length > 0;
  return {
    async count(since, until) {
      const { total, records } = await probe(since, until, 0);
      if (isTrusted && total !== undefined) return total;
      // More than the one record that was asked for: the API does not page, and so has no ceiling.
      if (records.length > 1 || capacity === Infinity) return total;
      if (records.length === 0) return isTrusted ? undefined : 0;
      return lengthOf((offset) => has(since, until, offset), capacity);
    },
    async isMiscounted(since, until) {
      if (!isTrusted || (await has(since, until, capacity))) return false;
      isTrusted = false;
      return true;
    },
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

/** The length of a list that has a first record, by halving; one more than `most` for all that are longer. */
async function lengthOf(has: (offset: number) => Promise<boolean>, most: number): Promise<number> {
  if (await has(most)) return most + 1;
  let [shown, missing] = [0, most];
  while (missing - shown > 1) {
    const middle = Math.floor((shown + missing) / 2);
    if (await has(middle)) shown = middle;
    else missing = middle;
  }
  return missing;
}
