import type { Partition } from "@typeload/core";

/** A span of creation dates, as sent to the API. Absent: no bound on that side. */
export interface WindowSpan {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  /** The span was shown to leave nothing between `until` and the day after it (cliengo-api.md §3.5). Absent: not known. */
  readonly includesUntil?: boolean | undefined;
}

/** The text that identifies a span: `2026-01-01..2026-02-01`. */
export function spanId({ since, until }: WindowSpan): string {
  return `${since ?? ""}..${until ?? ""}`;
}

/** The span of a window or of a marker of one; undefined for other partitions. */
export function windowSpan({ data }: Partition): WindowSpan | undefined {
  if (typeof data !== "object" || data === null || !("since" in data) || !("until" in data)) return undefined;
  const { since, until } = data;
  return {
    since: typeof since === "string" ? since : undefined,
    until: typeof until === "string" ? until : undefined,
    includesUntil: "includesUntil" in data && data.includesUntil === true,
  };
}

/** Milliseconds since 1970 of a bound; a bare date is its first instant in UTC. */
export function instantOf(bound: string): number {
  return Date.parse(bound.length === 10 ? `${bound}T00:00:00Z` : bound);
}

/** Milliseconds of a day. */
export const dayLength = 86_400_000;

/** `YYYY-MM-DD` of an instant, in UTC. */
export function dateText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
