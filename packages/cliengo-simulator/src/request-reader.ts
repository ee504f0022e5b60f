import type { IncomingHttpHeaders } from "node:http";
import type { SimulatorRequest } from "./simulator-request.ts";

const secretHeaders = new Set(["authorization", "cookie"]);

/** What arrived, with the API key apart from the rest. */
export interface ReadRequest {
  readonly request: SimulatorRequest;
  readonly apiKey: string | undefined;
}

/** Reads a request's line and headers; `base` is the path that the API stands under. */
export function readRequest(
  number: number,
  method: string,
  url: string,
  headers: IncomingHttpHeaders,
  base: string,
): ReadRequest {
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  const apiKey = searchParams.get("api_key") ?? undefined;
  searchParams.delete("api_key");
  const path = pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname;
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) shown[name] = secretHeaders.has(name) ? "[redacted]" : String(value);
  }
  return {
    request: {
      number,
      method,
      path: path.length > 1 ? path.replace(/\/$/, "") : path,
      query: Object.fromEntries(searchParams),
      headers: shown,
    },
    apiKey,
  };
}
