import type { CliengoOptions } from "./cliengo-options.ts";
import { whereIsTheKey } from "./errors/error-from-response.ts";
import { ConfigurationError } from "./errors/request-errors.ts";

const productionUrl = "https://api.cliengo.com/1.0";

/** Where a client's credentials come from. */
export interface Credentials {
  readonly apiKey: string | undefined;
  readonly jwt: string | undefined;
  /** Whether the header is used rather than the query. */
  readonly usesJwt: boolean;
}

/** The credentials of the options or the environment. */
export function findCredentials(options: CliengoOptions): Credentials {
  const jwt = typeof options.jwt === "string" ? options.jwt.trim() : undefined;
  // A JWT alone is a choice: a key that happens to be in the environment is not mixed in.
  const apiKey = (options.apiKey ?? (jwt === undefined ? keyOfEnvironment() : undefined))?.trim() || undefined;
  if (apiKey === undefined && !jwt) throw new ConfigurationError("There is no API key.", { hint: whereIsTheKey });
  if (jwt === "") throw new ConfigurationError("`jwt` is empty.");
  if (/\p{Cs}/u.test(apiKey ?? "")) throw new ConfigurationError("`apiKey` is no well-formed text.");
  return { apiKey, jwt, usesJwt: options.jwt !== undefined };
}

/** The base URL without a slash at its end. */
export function checkBaseUrl(text: string = productionUrl): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // With a user, password, query or fragment it would not be the same. The text is not shown: it may hold a password.
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.origin + url.pathname !== url.href) {
    throw new ConfigurationError("`baseUrl` must look like https://api.cliengo.com/1.0, with no user or query.");
  }
  return url.href.replace(/\/+$/, "");
}

// Nothing, or no wait at all, makes sense for these.
const mayBeZero = /delay|retryAfter|redirects|offset|depth/i;

/**
 * Refuses numbers that would make the client wait for ever, do nothing, or drop a bound. Infinity is a bound that never holds.
 *
 * @param place what stands before the names in a message: `retry.`
 */
export function checkNumbers(place: string, numbers: object): void {
  const entries: [string, unknown][] = Object.entries(numbers);
  for (const [name, value] of entries) {
    const isAllowed = typeof value === "number" && (mayBeZero.test(name) ? value >= 0 : value > 0);
    if (value === undefined || isAllowed) continue;
    const least = mayBeZero.test(name) ? "0 or more" : "greater than 0";
    throw new ConfigurationError(
      `\`${place}${name}\` must be ${least}, but is ${typeof value === "number" ? value : typeof value}.`,
    );
  }
}

/** Refuses what no header can hold. The value is not shown. */
export function checkHeader(what: string, value: string): void {
  try {
    new Headers().set("x", value);
  } catch {
    throw new ConfigurationError(`${what} holds a character that no header may hold.`);
  }
}

/** The defaults with what was given in their place. */
export function withDefaults<T extends object>(defaults: T, given: { [K in keyof T]?: T[K] | undefined } = {}): T {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(named) };
}

/** A key in a page is everybody's. */
export function checkRuntime(allowBrowser: boolean): void {
  const isBrowser = Reflect.has(globalThis, "window") && Reflect.has(globalThis, "document");
  if (!isBrowser || allowBrowser) return;
  throw new ConfigurationError("This is a browser, where everybody can read the API key.", {
    hint: "Call Cliengo from a server, or pass `allowBrowser: true`.",
  });
}

function keyOfEnvironment(): string | undefined {
  try {
    // Not every runtime has `process`, and Deno asks for permission before it reads the environment.
    const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } };
    return process?.env?.["CLIENGO_API_KEY"];
  } catch {
    return undefined;
  }
}
