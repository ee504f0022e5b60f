import createClient from "openapi-fetch";
import { ConfigurationError } from "../errors/request-errors.ts";
import type { ApiRequest } from "./api-request.ts";

/** What goes into a request, by place. */
export interface RequestParts {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/** Makes the request of a call: path filled in, query and body written. */
export type BuildRequest = (method: string, path: string, parts: RequestParts) => Promise<ApiRequest>;

// openapi-fetch is imported here and nowhere else: it writes URLs and bodies, and nothing of it is public. Its sending is
// replaced by a function that keeps the request, because retries, limits and reading are this package's own.
type RequestWriter = (
  method: string,
  path: string,
  init: { params: RequestParts; body: unknown; parseAs: "stream"; fetch: (request: Request) => Promise<Response> },
) => Promise<unknown>;

/** @param baseUrl without a slash at its end. */
export function requestBuilder(baseUrl: string): BuildRequest {
  // Its types tie paths to parameters, which `cliengo.http` has done already for its callers.
  const write = createClient<Record<string, never>>({ baseUrl }).request as unknown as RequestWriter;

  return async (method, path, parts) => {
    for (const [name, value] of Object.entries(parts.path ?? {})) requirePathSegment(path, name, value);
    let built: ApiRequest | undefined;
    await write(method, path, {
      params: { path: parts.path, query: parts.query },
      body: parts.body,
      parseAs: "stream",
      async fetch(request) {
        const body = parts.body === undefined ? undefined : await request.text();
        built = { method: request.method, url: request.url, body };
        return new Response(null, { status: 204 });
      },
    });
    // Unless openapi-fetch stops calling the function it is given.
    if (built === undefined) throw new Error("The request was not built.");
    return built;
  };
}

/** An empty id or `..` would make another path of it: `contacts.get("")` would read the list. */
function requirePathSegment(path: string, name: string, value: unknown): void {
  if (typeof value === "string" && value !== "" && value !== "." && value !== "..") return;
  throw new ConfigurationError(`${path} needs \`${name}\`, but got ${JSON.stringify(value) ?? "undefined"}.`, {
    hint: "Pass the id as text that is not empty.",
  });
}
