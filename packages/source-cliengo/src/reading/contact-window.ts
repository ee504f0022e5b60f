import type { Partition } from "@typeload/core";
import { spanId } from "./window-span.ts";
import type { WindowSpan } from "./window-span.ts";

/** A window of creation dates as one partition of contacts. */
export interface ContactWindow {
  /**
   * What counts as read with it: from its first day up to where the next newer window begins. Whether `until` includes its day is the
   * API's secret (cliengo-api.md §3.5), so what was sent does not tell.
   */
  readonly covers: WindowSpan;
  /** What to ask for, newest first: several where a crowded day had to be cut by times of day. */
  readonly parts: readonly WindowSpan[];
  /** It lay in the past as a whole when it was planned, so that no contact can come to it any more. */
  readonly closed: boolean;
  /** It is read again because it was `unproved` before; if it still is, that is the way of the list. */
  readonly again: boolean;
}

/** The partition that stands for a window. Its id is made of whole days, so that other times of day make no other slice of it. */
export function contactPartition({ covers, parts, closed, again }: ContactWindow): Partition {
  const id = spanId({ since: parts.at(-1)?.since, until: parts[0]?.until });
  return { id, kind: "window", data: { covers: plain(covers), parts: parts.map(plain), closed, again } };
}

/** The window of a partition, or of a marker of one; undefined for other partitions. */
export function readContactWindow({ data }: Partition): ContactWindow | undefined {
  if (typeof data !== "object" || data === null || !("covers" in data) || !Array.isArray(data["parts"]))
    return undefined;
  const covers = spanOf(data["covers"]);
  const parts = data["parts"].flatMap((part: unknown) => spanOf(part) ?? []);
  if (covers === undefined || parts.length === 0) return undefined;
  return { covers, parts, closed: data["closed"] === true, again: data["again"] === true };
}

function plain({ since, until }: WindowSpan): { since: string | null; until: string | null } {
  return { since: since ?? null, until: until ?? null };
}

function spanOf(data: unknown): WindowSpan | undefined {
  if (typeof data !== "object" || data === null || !("since" in data) || !("until" in data)) return undefined;
  const { since, until } = data;
  return { since: typeof since === "string" ? since : undefined, until: typeof until === "string" ? until : undefined };
}
