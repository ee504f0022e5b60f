import { createFinalURL } from "openapi-fetch";
import { ConfigurationError } from "../errors/request-errors.ts";
import type { ApiRequest } from "./api-request.ts";

/** What goes into a request, by place. */
export interface RequestParts {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/**
 * The request of a call: path filled in, query and body written. @param baseUrl without a slash at its end.
 *
 * openapi-fetch is imported here and nowhere else, and nothing of it is public. Only what puts a URL together is used: its
 * sending would hide the bytes, and this API needs none of its styles for lists and objects in a query.
 */
export function buildRequest(baseUrl: string, method: string, path: string, parts: RequestParts): ApiRequest {
  const url = createFinalURL(path, {
    baseUrl,
    params: { path: parts.path ?? {}, query: parts.query ?? {} },
    pathSerializer: fillPath,
    querySerializer: writeQuery,
  });
  return { method, url, body: parts.body === undefined ? undefined : JSON.stringify(parts.body) };
}

function writeQuery(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return String(new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])));
}

function fillPath(url: string, values: Record<string, unknown>): string {
  return url.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    // An empty id or `..` would make another path of it: `contacts.get("")` would read the list.
    if (typeof value === "string" && !/^\.{0,2}$|\p{Cs}/u.test(value)) return encodeURIComponent(value);
    throw new ConfigurationError(`\`${name}\` must be an id, but is ${JSON.stringify(value) ?? "undefined"}.`);
  });
}
