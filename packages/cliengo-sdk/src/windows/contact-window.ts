import type { RequestOptions } from "../request-options.ts";
import type { ContactFilters } from "../resources/contact-filters.ts";

/** A slice of the contacts by creation date, to be read by `contacts.list({ since, until })`. */
export interface ContactWindow {
  /** As sent to the API: `YYYY-MM-DD`, or RFC 3339 within a crowded day; undefined for no bound. */
  readonly since: string | undefined;
  readonly until: string | undefined;
  /** Counting showed that no contact lies between `until` and the next day, on which the newer window begins. */
  readonly includesUntil: boolean;
  /** Contacts in it, counted when it was cut; undefined where the API does not count. */
  readonly total: number | undefined;
  /** Whether all of it is in the reach of `offset`. False for more than a thousand contacts that no date tells apart. */
  readonly readable: boolean;
  /** Whether it lies in the past as a whole, so that no new contact can appear in it. Judged by the server's clock. */
  readonly closed: boolean;
}

/** What `contacts.windows()` takes: the same filters as the list, and how to send. */
export interface ContactWindowOptions extends ContactFilters, RequestOptions {
  /** False: count by asking at offsets, about ten requests a count, for lists that go on after their `total`. Default true. */
  trustTotal?: boolean | undefined;
}
