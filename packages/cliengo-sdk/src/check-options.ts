import type { CliengoOptions } from "./cliengo-options.ts";
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
  const apiKey = (options.apiKey ?? (jwt === undefined ? keyOfEnvironment() : undefined))?.trim();
  if ((apiKey === undefined || apiKey === "") && (jwt === undefined || jwt === "")) {
    throw new ConfigurationError("There is no API key.", {
      hint: "Pass `apiKey`, or set CLIENGO_API_KEY. In Cliengo the key is under Chatbots > Integrations > API > Generate API Key.",
    });
  }
  return { apiKey, jwt, usesJwt: options.jwt !== undefined };
}

/** The base URL without a slash at its end. */
export function checkBaseUrl(text: string = productionUrl): string {
  const hint = "It looks like https://api.cliengo.com/1.0.";
  if (!URL.canParse(text)) throw new ConfigurationError("`baseUrl` is not a URL.", { hint });
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new ConfigurationError("`baseUrl` must begin with https:// or http://.", { hint });
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw new ConfigurationError("`baseUrl` must have no user, password, query or fragment.", { hint });
  }
  return (url.origin + url.pathname).replace(/\/+$/, "");
}

/** Refuses numbers that would make the client wait for ever or do nothing. */
export function checkPositive(name: string, value: number): number {
  if (value > 0 && !Number.isNaN(value)) return value;
  throw new ConfigurationError(`\`${name}\` must be greater than 0, but is ${value}.`);
}

/** A key in a page is everybody's. */
export function checkRuntime(allowBrowser: boolean): void {
  const isBrowser = Reflect.has(globalThis, "window") && Reflect.has(globalThis, "document");
  if (!isBrowser || allowBrowser) return;
  throw new ConfigurationError("This is a browser, where everybody can read the API key.", {
    hint: "Call Cliengo from a server; or pass `allowBrowser: true` where nobody else can open the page.",
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
