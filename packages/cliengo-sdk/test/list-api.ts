import { client } from "./client.ts";

export interface Row {
  readonly id?: string;
  readonly text?: string;
}

interface Served {
  /** The body of the answer for a slice of the rows. */
  readonly envelope?: (rows: readonly Row[], paging: { limit: number; offset: number; total: number }) => unknown;
  /** The page size that the server applies whatever it is asked for. */
  readonly clamp?: number;
  readonly ignoresOffset?: boolean;
  readonly ceiling?: number;
}

/** A client of an API that serves the rows under every path; `offsets` is what was asked for. */
export function serve(rows: readonly Row[], served: Served = {}) {
  const offsets: number[] = [];
  const paths = new Set<string>();
  const cliengo = client({
    fetch: (text) => {
      const url = new URL(text);
      paths.add(url.pathname.replace("/1.0", ""));
      const offset = Number(url.searchParams.get("offset"));
      const limit = Math.min(Number(url.searchParams.get("limit")), served.clamp ?? Infinity);
      offsets.push(offset);
      if (offset > (served.ceiling ?? 1000)) return Promise.resolve(new Response("offset too large", { status: 422 }));
      const start = served.ignoresOffset === true ? 0 : offset;
      const slice = rows.slice(start, start + limit);
      const paging = { limit, offset, total: rows.length };
      return Promise.resolve(Response.json(served.envelope?.(slice, paging) ?? { paging, results: slice }));
    },
  });
  return { cliengo, offsets, paths };
}
