import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { ConfigurationError } from "@typeload/core";
import type { ClientConfig } from "pg";

/**
 * Reads `postgres://user:password@host:5432/database?sslmode=verify-full` into what the driver takes. Parameters have libpq's names.
 * The driver could read the URL itself, but would let it win over single options, and warn about `sslmode=require`.
 *
 * @throws ConfigurationError that repeats nothing of the URL: a password with a character that needs percent-encoding ends up in any
 * part of it
 */
export function parsePostgresUrl(text: string): ClientConfig {
  if (!/^postgres(ql)?:\/\//i.test(text)) throw unreadable("it must begin with postgres:// or postgresql://");
  if (!URL.canParse(text)) throw unreadable("its parts cannot be told apart");
  const url = new URL(text);
  if (url.hash !== "") throw unreadable('a "#" must be written as %23');
  if (/[@/]/.test(url.pathname.slice(1))) throw unreadable('a database has no "@" or "/" in its name');
  // In libpq's URLs a plus is a plus.
  const search = new URLSearchParams(url.search.replaceAll("+", "%2B"));
  refuseUnknown(search);
  const host = search.get("host") ?? decode(url.hostname, "host").replace(/^\[(.*)\]$/, "$1");
  if (host === "") throw unreadable("it names no host");
  const port = search.get("port") ?? url.port;
  return {
    host,
    ...(port === "" ? {} : { port: portNumber(port) }),
    ...given("user", search.get("user") ?? decode(url.username, "user")),
    ...given("password", search.get("password") ?? decode(url.password, "password")),
    ...given("database", search.get("dbname") ?? decode(url.pathname.slice(1), "database")),
    ...parameters(search),
  };
}

function unreadable(why: string): ConfigurationError {
  return new ConfigurationError(
    `postgres: the URL cannot be read: ${why}. It looks like postgres://user:password@host:5432/database; ` +
      `special characters of user and password need percent-encoding.`,
  );
}

const places = ["host", "port", "user", "password", "dbname"];
const tlsParameters = ["sslmode", "sslrootcert", "sslcert", "sslkey"];
const others = ["application_name", "options", "connect_timeout", "channel_binding"];
const known = new Set([...places, ...tlsParameters, ...others]);
const tlsModes = new Set(["disable", "no-verify", "prefer", "require", "verify-ca", "verify-full"]);

function refuseUnknown(search: URLSearchParams): void {
  if ([...search.keys()].every((name) => known.has(name))) return;
  throw new ConfigurationError(
    `postgres: the URL has a parameter that is not known here. Remove it; known are ${[...known].join(", ")}. ` +
      `If it is part of the password, its "?" and "&" need percent-encoding.`,
  );
}

function parameters(search: URLSearchParams): ClientConfig {
  const connectTimeout = search.get("connect_timeout");
  const channelBinding = search.get("channel_binding");
  const ssl = tlsOptions(search);
  return {
    ...given("application_name", search.get("application_name") ?? ""),
    ...given("options", search.get("options") ?? ""),
    ...(connectTimeout === null ? {} : { connectionTimeoutMillis: seconds(connectTimeout) * 1000 }),
    ...(channelBinding === null ? {} : { enableChannelBinding: channelBinding !== "disable" }),
    ...(ssl === undefined ? {} : { ssl }),
  };
}

/** `no-verify` encrypts without looking at the certificate; every mode but `disable` checks it, as the driver does. */
function tlsOptions(search: URLSearchParams): boolean | ConnectionOptions | undefined {
  const mode = search.get("sslmode");
  if (mode !== null && !tlsModes.has(mode)) {
    throw new ConfigurationError(`postgres: sslmode is one of ${[...tlsModes].join(", ")}; the URL has another`);
  }
  if (mode === "disable") return false;
  const files = {
    ...given("ca", certificate(search, "sslrootcert")),
    ...given("cert", certificate(search, "sslcert")),
    ...given("key", certificate(search, "sslkey")),
  };
  if (mode === "no-verify") return { ...files, rejectUnauthorized: false };
  return mode === null && Object.keys(files).length === 0 ? undefined : files;
}

function certificate(search: URLSearchParams, name: string): string {
  const path = search.get(name);
  if (path === null || path === "" || path === "system") return ""; // `system`: the certificates Node knows
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The path may be the key itself.
    throw new ConfigurationError(`postgres: ${name} of the URL is not the path of a file that can be read`);
  }
}

/** A member only where there is a text, so that what is left out still comes from the `PG*` variables. */
function given<const K extends string>(name: K, value: string): { readonly [N in K]?: string } {
  // A computed key of a literal type: TypeScript widens it to `string`.
  return value === "" ? {} : ({ [name]: value } as { readonly [N in K]: string });
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ConfigurationError(
      `postgres: the ${part} of the URL has a "%" that begins no percent-encoded character; write it as %25`,
    );
  }
}

/** @throws ConfigurationError */
export function portNumber(value: string | number): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new ConfigurationError("postgres: a port is a whole number from 1 to 65535, and something else was given");
  }
  return port;
}

function seconds(value: string): number {
  const number = Number(value);
  if (value === "" || !Number.isFinite(number) || number < 0) {
    throw new ConfigurationError("postgres: connect_timeout of the URL must be seconds, at least 0");
  }
  return number;
}
