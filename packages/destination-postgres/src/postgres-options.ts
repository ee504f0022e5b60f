import type { ConnectionOptions } from "node:tls";
import { ConfigurationError } from "@typeload/core";
import type { ClientConfig, Pool } from "pg";

/**
 * How Postgres is reached. Whatever is not given comes from the variables that `psql` and `pg` know (`PGHOST`, `PGPORT`, `PGUSER`,
 * `PGPASSWORD`, `PGDATABASE`, `PGSSLMODE`, `PGPASSFILE`).
 */
export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database?sslmode=require`. Single options below win over its parts. */
  readonly url?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly database?: string | undefined;
  readonly user?: string | undefined;
  /** A text, or a function that gives one for each connection (tokens that expire). */
  readonly password?: string | (() => string | Promise<string>) | undefined;
  /** `true` verifies the server's certificate; an object is handed to Node's TLS. Default: what the URL or `PGSSLMODE` says. */
  readonly ssl?: boolean | ConnectionOptions | undefined;
  /** A pool of your own: connections are borrowed from it, and it is never ended. Options above are ignored then. */
  readonly pool?: Pool | undefined;
  /** Give up on a connection after so many seconds. Default 15. */
  readonly connectTimeout?: number | undefined;
  /** Longest run of one statement, in seconds. Default 0: no limit (a merge of a large table takes long). */
  readonly statementTimeout?: number | undefined;
  /** Longest wait for a lock, in seconds. Default 60: a forgotten transaction elsewhere must not hold a load for ever. */
  readonly lockTimeout?: number | undefined;
}

/** What the driver is given, and where the data goes without credentials. */
export interface PostgresSettings {
  readonly pool: Pool | undefined;
  readonly client: ClientConfig;
  readonly location: string;
  readonly statementTimeout: number;
  readonly lockTimeout: number;
}

/** Checks the options and fills in defaults. @throws ConfigurationError that never repeats the URL, since it may hold a password. */
export function resolvePostgresOptions(given: string | PostgresOptions = {}): PostgresSettings {
  const options: PostgresOptions = typeof given === "string" ? { url: given } : given;
  const url = options.url === undefined ? undefined : parseUrl(options.url);
  const seconds = (name: "connectTimeout" | "statementTimeout" | "lockTimeout", byDefault: number): number => {
    const value = options[name] ?? byDefault;
    if (!Number.isFinite(value) || value < 0)
      throw new ConfigurationError(`postgres: ${name} must be seconds, at least 0`);
    return value;
  };
  const client: ClientConfig = {
    application_name: "typeload",
    keepAlive: true,
    connectionTimeoutMillis: seconds("connectTimeout", 15) * 1000,
    ...(options.url === undefined ? {} : { connectionString: options.url }),
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.database === undefined ? {} : { database: options.database }),
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.ssl === undefined ? {} : { ssl: options.ssl }),
  };
  return {
    pool: options.pool,
    client,
    location: locationOf(options, url),
    statementTimeout: seconds("statementTimeout", 0),
    lockTimeout: seconds("lockTimeout", 60),
  };
}

function parseUrl(text: string): URL {
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
  return url;
}

/** `host:port/database`: for reports and messages. */
function locationOf({ pool, host, port, database }: PostgresOptions, url: URL | undefined): string {
  const from = pool?.options;
  const theHost =
    host ?? from?.host ?? (url?.hostname === "" ? undefined : url?.hostname) ?? process.env["PGHOST"] ?? "localhost";
  const thePort = port ?? from?.port ?? (url?.port === "" ? undefined : url?.port) ?? process.env["PGPORT"] ?? 5432;
  const path = url?.pathname.replace(/^\//, "");
  const name = database ?? from?.database ?? (path === "" ? undefined : path) ?? process.env["PGDATABASE"];
  return `${theHost}:${thePort}${name === undefined ? "" : `/${decodeURIComponent(name)}`}`;
}
