import { readFileSync } from "node:fs";
import type { ConnectionOptions } from "node:tls";
import { ConfigurationError } from "@typeload/core";
import type { ClientConfig } from "pg";

/**
 * Reads `postgres://user:password@host:5432/database?sslmode=verify-full` into what the driver takes. Parameters have libpq's names.
 * The driver could read the URL itself, but would let it win over single options, and warn about `sslmode=require`.
 *
 * @throws ConfigurationError that never repeats the URL, since it may hold a password
 */
export function parsePostgresUrl(text: string): ClientConfig {
  if (!URL.canParse(text)) {
    throw new ConfigurationError(
      "postgres: the URL cannot be read. It looks like postgres://user:password@host:5432/database; special characters of the password need percent-encoding.",
    );
  }
  const url = new URL(text);
  if (!/^postgres(ql)?:$/.test(url.protocol)) {
    throw new ConfigurationError(
      `postgres: the URL must begin with postgres:// or postgresql://, it begins with ${url.protocol}//`,
    );
  }
  const port = url.searchParams.get("port") ?? url.port;
  return {
    ...given("host", url.searchParams.get("host") ?? decode(url.hostname, "host").replace(/^\[(.*)\]$/, "$1")),
    ...(port === "" ? {} : { port: portNumber(port) }),
    ...given("user", url.searchParams.get("user") ?? decode(url.username, "user")),
    ...given("password", url.searchParams.get("password") ?? decode(url.password, "password")),
    ...given("database", url.searchParams.get("dbname") ?? decode(url.pathname.slice(1), "database")),
    ...parameters(url.searchParams),
  };
}

const places = new Set(["host", "port", "user", "password", "dbname"]);
const tlsParameters = new Set(["sslmode", "sslrootcert", "sslcert", "sslkey"]);
const tlsModes = new Set(["disable", "no-verify", "prefer", "require", "verify-ca", "verify-full"]);

function parameters(search: URLSearchParams): ClientConfig {
  const config: ClientConfig = {};
  for (const [name, value] of search) {
    if (places.has(name) || tlsParameters.has(name)) continue;
    if (name === "application_name") config.application_name = value;
    else if (name === "options") config.options = value;
    else if (name === "connect_timeout") config.connectionTimeoutMillis = seconds(value) * 1000;
    else if (name === "channel_binding") config.enableChannelBinding = value !== "disable";
    else
      throw new ConfigurationError(`postgres: the URL has a parameter "${name}", which is not known here. Remove it.`);
  }
  const ssl = tlsOptions(search);
  return ssl === undefined ? config : { ...config, ssl };
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
  } catch (cause) {
    throw new ConfigurationError(`postgres: ${name} names a file that cannot be read: ${path}`, { cause });
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
    throw new ConfigurationError(`postgres: a port is a whole number from 1 to 65535, not ${JSON.stringify(value)}`);
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
