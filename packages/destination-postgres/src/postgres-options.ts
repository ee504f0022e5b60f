import type { ConnectionOptions } from "node:tls";
import { ConfigurationError } from "@typeload/core";
import { Client } from "pg";
import type { ClientConfig, Pool } from "pg";
import { parsePostgresUrl, portNumber } from "./postgres-url.ts";

/**
 * How Postgres is reached. Whatever is not given comes from the variables that `psql` and `pg` know (`PGHOST`, `PGPORT`, `PGUSER`,
 * `PGPASSWORD`, `PGDATABASE`, `PGSSLMODE`).
 */
export interface PostgresOptions {
  /** `postgres://user:password@host:5432/database?sslmode=verify-full`. Single options below win over its parts. */
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
  /** Give up on a connection after so many seconds. Default 15. A pool's own `connectionTimeoutMillis` holds for a pool. */
  readonly connectTimeout?: number | undefined;
  /** Longest run of one statement, in seconds. Default 0: no limit (a merge of a large table takes long). */
  readonly statementTimeout?: number | undefined;
  /**
   * Longest wait for a lock on a table, in seconds. Default 60: a forgotten transaction elsewhere must not hold a load for ever. The
   * commit of another pipeline to the same dataset is waited for up to an hour.
   */
  readonly lockTimeout?: number | undefined;
}

/** What the driver is given, and where the data goes without credentials. */
export interface PostgresSettings {
  readonly pool: Pool | undefined;
  /** How to open a connection beside the session's one (or that one, where there is no pool). */
  readonly client: ClientConfig;
  readonly location: string;
  readonly statementTimeout: number;
  readonly lockTimeout: number;
}

/** Checks the options and fills in defaults. @throws ConfigurationError that never repeats the URL, since it may hold a password. */
export function resolvePostgresOptions(given: string | PostgresOptions = {}): PostgresSettings {
  const options: PostgresOptions = typeof given === "string" ? { url: given } : given;
  const client = options.pool === undefined ? ownClient(options) : poolClient(options.pool);
  return {
    pool: options.pool,
    client,
    location: locationOf(client),
    statementTimeout: seconds(options, "statementTimeout") ?? 0,
    lockTimeout: seconds(options, "lockTimeout") ?? 60,
  };
}

function ownClient(options: PostgresOptions): ClientConfig {
  const { host, port, database, user, password, ssl } = options;
  const url = options.url === undefined ? {} : parsePostgresUrl(options.url);
  const connectTimeout = seconds(options, "connectTimeout");
  return {
    application_name: "typeload",
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 15_000,
    ...url,
    ...(connectTimeout === undefined ? {} : { connectionTimeoutMillis: connectTimeout * 1000 }),
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: portNumber(port) }),
    ...(database === undefined ? {} : { database }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    ...(ssl === undefined ? {} : { ssl }),
  };
}

/** The pool hides its password from enumeration: a spread alone would lose it. */
function poolClient({ options }: Pool): ClientConfig {
  const { password } = options;
  return { ...options, ...(password === undefined ? {} : { password }) };
}

/**
 * `host:port/database`: for reports and messages. The driver says what it would use, variables included.
 *
 * @throws ConfigurationError where a URL, or part of one, stands for a name: it may hold a password
 */
function locationOf(config: ClientConfig): string {
  const { host, port, database } = new Client(config);
  if (host.includes("@") || /[@/]/.test(database ?? "")) {
    throw new ConfigurationError(
      'postgres: the host has an "@" in its name, or the database an "@" or "/". A whole URL belongs to the option url; ' +
        "special characters of its user and password need percent-encoding.",
    );
  }
  return `${host.includes(":") ? `[${host}]` : host}:${port}${database === undefined ? "" : `/${database}`}`;
}

function seconds(
  options: PostgresOptions,
  name: "connectTimeout" | "statementTimeout" | "lockTimeout",
): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  if (!Number.isFinite(value) || value < 0) {
    throw new ConfigurationError(`postgres: ${name} must be seconds, at least 0`);
  }
  return value;
}
