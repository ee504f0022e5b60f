import { RedirectError } from "../errors/connection-errors.ts";
import type { ApiRequest } from "./api-request.ts";
import type { Attempt } from "./attempt.ts";
import type { TransportSettings } from "./transport-settings.ts";
import { untilAborted } from "./until-aborted.ts";

const redirects = [301, 302, 303, 307, 308];

/** `fetch` with credentials, which follows redirects of reads within the origin only, so that no key travels elsewhere. */
export async function fetchSameOrigin(
  settings: TransportSettings,
  request: ApiRequest,
  { credential, shown }: Attempt,
  signal: AbortSignal,
): Promise<Response> {
  const refuse = (what: string, hint = "Correct `baseUrl`."): RedirectError =>
    new RedirectError(`${shown.method} ${shown.url} was redirected ${what}.`, { request: shown, hint });
  let url = new URL(request.url);
  for (let hops = 0; ; hops++) {
    const headers = new Headers({ accept: "application/json" });
    if (request.body !== undefined) headers.set("content-type", "application/json");
    if (settings.userAgent !== undefined) headers.set("user-agent", settings.userAgent);
    if (credential?.place === "query") url.searchParams.set("api_key", credential.value);
    if (credential?.place === "header") headers.set("authorization", credential.value);

    const init: RequestInit = { method: request.method, headers, redirect: "manual", signal };
    if (request.body !== undefined) init.body = request.body;
    const response = await untilAborted(settings.fetch(url.href, init), signal);
    // Browsers hide where a redirect leads.
    const location = response.headers.get("location");
    if (response.type !== "opaqueredirect" && (!redirects.includes(response.status) || location === null)) {
      return response;
    }

    // Not awaited: nothing depends on it, and a body that fails to be dropped is dropped all the same.
    response.body?.cancel().catch(() => undefined);
    if (location === null) throw refuse("out of sight");
    if (!URL.canParse(location, url.href)) throw refuse("to nowhere");
    const next = new URL(location, url);
    if (next.origin !== url.origin) {
      throw refuse(
        `to another origin, ${settings.redactor.text(next.origin)}`,
        "Credentials are not sent there; correct `baseUrl` if it is right.",
      );
    }
    if (request.method !== "GET") throw refuse("although it is no GET");
    if (hops >= settings.limits.redirects) throw refuse(`more than ${hops} times`);
    url = next;
  }
}
