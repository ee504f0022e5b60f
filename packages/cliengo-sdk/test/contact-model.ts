import type { FetchFunction } from "@typeload/cliengo-sdk";

export interface ModelContact {
  readonly id: string;
  readonly creationDate: string;
}

export interface ContactApiOptions {
  /** A bare date in `until`: its whole day, none of it, or its first instant only, as where both bounds become instants. */
  readonly until: "inclusive" | "exclusive" | "instant";
  /** What a time of day in a bound does. Default: it counts. `halfway`: in `since` it counts, `until` with one is no bound. */
  readonly timeOfDay?: "used" | "ignored" | "refused" | "halfway";
  readonly now?: string;
  /** The highest offset. Default 1000. */
  readonly ceiling?: number;
  /** Hours by which days begin later than in UTC: 3 for an account in Buenos Aires. */
  readonly dayBegins?: number;
}

/** `GET /contacts` over contacts in memory, with the limits that were measured: offset 1000, newest first. */
export function contactApi(contacts: readonly ModelContact[], options: ContactApiOptions) {
  const newestFirst = contacts.toSorted((a, b) => (a.creationDate < b.creationDate ? 1 : -1));
  const requests: URLSearchParams[] = [];
  const fetch: FetchFunction = (url) => {
    const query = new URL(url).searchParams;
    requests.push(query);
    return Promise.resolve(answer(newestFirst, query, options));
  };
  return { fetch, requests };
}

function answer(contacts: readonly ModelContact[], query: URLSearchParams, options: ContactApiOptions): Response {
  const headers = { date: new Date(options.now ?? "2026-06-01T12:00:00Z").toUTCString() };
  const offset = Number(query.get("offset") ?? 0);
  const limit = Number(query.get("limit") ?? 50);
  const bounds = [query.get("since"), query.get("until")];
  if (offset > (options.ceiling ?? 1000))
    return Response.json({ detail: "offset can not be greater than 1000" }, { status: 400, headers });
  if (options.timeOfDay === "refused" && bounds.some((bound) => bound?.includes("T"))) {
    return Response.json({ detail: "not a date" }, { status: 400, headers });
  }
  const matching = contactsBetween(contacts, bounds[0], bounds[1], options);
  const results = matching.slice(offset, offset + limit);
  return Response.json({ paging: { limit, offset, total: matching.length }, results }, { headers });
}

/** The contacts that such an API finds between two bounds. */
export function contactsBetween(
  contacts: readonly ModelContact[],
  from: string | null | undefined,
  to: string | null | undefined,
  options: ContactApiOptions,
): ModelContact[] {
  const [since, until] = [from, to].map((bound) => (options.timeOfDay === "ignored" ? bound?.slice(0, 10) : bound));
  const isBounded = options.timeOfDay !== "halfway" || until?.includes("T") !== true;
  return contacts.filter(({ creationDate }) => {
    const instant = Date.parse(creationDate);
    return instant >= beginOf(since, options) && (!isBounded || isBefore(instant, until, options));
  });
}

/** The instant that a bound names; a bare date is a day of the account's zone. */
function beginOf(bound: string | null | undefined, { dayBegins = 0 }: ContactApiOptions): number {
  if (typeof bound !== "string") return -Infinity;
  return Date.parse(bound) + (bound.includes("T") ? 0 : dayBegins * 3_600_000);
}

function isBefore(instant: number, until: string | null | undefined, options: ContactApiOptions): boolean {
  if (typeof until !== "string") return true;
  const begin = beginOf(until, options);
  if (options.until === "exclusive") return instant < begin;
  return until.includes("T") || options.until === "instant" ? instant <= begin : instant < begin + 86_400_000;
}

/** Contacts spread over days: `counts[day]` of them on the day that is `day` days before the last. */
export function contactsByDay(lastDay: string, counts: readonly number[], secondsApart?: number): ModelContact[] {
  return counts.flatMap((count, back) =>
    Array.from({ length: count }, (_, index) => {
      const second = Math.floor(
        secondsApart === undefined ? (index * 86_399) / Math.max(1, count) : 40_000 + index * secondsApart,
      );
      const date = new Date(Date.parse(lastDay) - back * 86_400_000 + second * 1000);
      return { id: `c-${back}-${index}`, creationDate: date.toISOString() };
    }),
  );
}
