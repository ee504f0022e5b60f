import type { ContactStatus } from "../generated/cliengo-api.gen.ts";

/** Which contacts a list gives. Only `since` and `until` are proved; the other names follow integrators' labels. */
export interface ContactFilters {
  /** Created on or after: `YYYY-MM-DD`. RFC 3339 with a time of day is unproved. */
  since?: string | undefined;
  /** Created before this day, or up to its end: sources disagree, so let windows share their border and drop repeated ids. */
  until?: string | undefined;
  status?: ContactStatus | undefined;
  /** A user id. */
  assignedTo?: string | undefined;
  /** A site id. */
  websiteId?: string | undefined;
  /** Free text: a name or phrase. */
  query?: string | undefined;
  /** A date; whether it means "on" or "since" is unknown. */
  lastUpdated?: string | undefined;
}
