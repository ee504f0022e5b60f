import type { SimulatorRequest } from "./simulator-request.ts";

/** Which requests are meant. Every member that is given must fit; an empty match fits all. */
export interface RequestMatch {
  readonly method?: string | undefined;
  /** The path below the base URL, `:name` standing for any one segment (`/contacts/:id/notes`), or a pattern. */
  readonly path?: string | RegExp | undefined;
  /** Query parameters and their values. */
  readonly query?: Readonly<Record<string, string | number>> | undefined;
  /** The `offset` asked for; no `offset` counts as 0. */
  readonly offset?: number | undefined;
  /** The number of the request since the start, from 1. */
  readonly request?: number | undefined;
  readonly where?: ((request: SimulatorRequest) => boolean) | undefined;
}

export function matches(match: RequestMatch, request: SimulatorRequest): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false;
  if (match.path !== undefined && !pathMatches(match.path, request.path)) return false;
  if (match.offset !== undefined && match.offset !== Number(request.query.offset ?? 0)) return false;
  if (match.request !== undefined && match.request !== request.number) return false;
  for (const [name, value] of Object.entries(match.query ?? {})) {
    if (request.query[name] !== String(value)) return false;
  }
  return match.where === undefined || match.where(request);
}

function pathMatches(wanted: string | RegExp, path: string): boolean {
  if (typeof wanted !== "string") return wanted.test(path);
  const segments = path.split("/");
  const pattern = wanted.split("/");
  return (
    segments.length === pattern.length &&
    pattern.every((part, position) => part.startsWith(":") || part === segments[position])
  );
}
