/** A span of creation dates. Absent: no bound on that side. `until` itself is not in it. */
export interface WindowSpan {
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** The text that identifies a span: `2026-01-01..2026-02-01`. */
export function spanId({ since, until }: WindowSpan): string {
  return `${since ?? ""}..${until ?? ""}`;
}

/** Milliseconds since 1970 of a bound; a bare date is its first instant in UTC. */
export function instantOf(bound: string): number {
  return Date.parse(bound.length === 10 ? `${bound}T00:00:00Z` : bound);
}

/** Do two spans have an instant in common? */
export function overlap(a: WindowSpan, b: WindowSpan): boolean {
  return begin(a) < end(b) && begin(b) < end(a);
}

/** Where a span begins, in milliseconds since 1970. */
export function begin({ since }: WindowSpan): number {
  return since === undefined ? -Infinity : instantOf(since);
}

/** Where a span ends, in milliseconds since 1970. */
export function end({ until }: WindowSpan): number {
  return until === undefined ? Infinity : instantOf(until);
}

/** Milliseconds of a day. */
export const dayLength = 86_400_000;

/** `YYYY-MM-DD` of an instant, in UTC. */
export function dateText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
