import type { FetchFunction } from "@typeload/cliengo-sdk";

export interface ModelContact {
  readonly id: string;
  readonly creationDate: string;
}

export interface ContactApiOptions {
  readonly until: "inclusive" | "exclusive";
  /** What a time of day in a bound does. Default: it counts. */
  readonly timeOfDay?: "used" | "ignored" | "refused";
  readonly now?: string;
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
  if (offset > 1000) return Response.json({ detail: "offset can not be greater than 1000" }, { status: 400, headers });
  if (options.timeOfDay === "refused" && bounds.some((bound) => bound?.includes("T"))) {
    return Response.json({ detail: "not a date" }, { status: 400, headers });
  }
  const [since, until] = bounds.map((bound) => (options.timeOfDay === "ignored" ? bound?.slice(0, 10) : bound));
  const matching = contacts.filter(
    ({ creationDate }) => isSince(creationDate, since) && isUntil(creationDate, until, options.until),
  );
  const results = matching.slice(offset, offset + limit);
  return Response.json({ paging: { limit, offset, total: matching.length }, results }, { headers });
}

function isSince(date: string, since: string | null | undefined): boolean {
  return typeof since !== "string" || Date.parse(date) >= Date.parse(since);
}

function isUntil(date: string, until: string | null | undefined, kind: "inclusive" | "exclusive"): boolean {
  if (typeof until !== "string") return true;
  if (kind === "exclusive") return Date.parse(date) < Date.parse(until);
  return until.includes("T") ? Date.parse(date) <= Date.parse(until) : date.slice(0, 10) <= until;
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
