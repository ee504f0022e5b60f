import { DestinationError, RunAbortedError, isTypeloadError } from "@typeload/core";
import { isAnswer, withoutData } from "./server-answer.ts";

/** What a code means for a load. */
interface Meaning {
  readonly code: string;
  readonly retryable: boolean;
  readonly hint: string;
}

const unreachable = (hint: string, retryable = true): Meaning => ({ code: "unreachable", retryable, hint });
const lost = (hint: string): Meaning => ({ code: "connection_lost", retryable: true, hint });
const authentication = (hint: string): Meaning => ({ code: "authentication", retryable: false, hint });
const badValue = (hint: string): Meaning => ({ code: "value_out_of_range", retryable: false, hint });
const certificate: Meaning = {
  code: "certificate",
  retryable: false,
  hint: "The server's certificate cannot be verified: give its authority (sslrootcert in the URL, or ssl: { ca }), or sslmode=no-verify on a network you trust.",
};

/**
 * SQLSTATEs, and codes of Node's sockets and TLS.
 * Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const meanings: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: unreachable("Nothing listens there: is the server running, are host and port right?"),
  ENOENT: unreachable("There is no socket of a server there: is the server running, are host and port right?"),
  ENOTFOUND: unreachable("The host name cannot be resolved.", false),
  EAI_AGAIN: unreachable("The host name could not be resolved just now."),
  ETIMEDOUT: unreachable("No answer in time: is a firewall in between?"),
  EHOSTUNREACH: unreachable("No way to the host: is a firewall or a VPN in between?"),
  ENETUNREACH: unreachable("No way to the host: is a firewall or a VPN in between?"),
  ECONNRESET: lost("The connection broke."),
  EPIPE: lost("The connection broke."),
  DEPTH_ZERO_SELF_SIGNED_CERT: certificate,
  SELF_SIGNED_CERT_IN_CHAIN: certificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: certificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: certificate,
  CERT_HAS_EXPIRED: certificate,
  ERR_TLS_CERT_ALTNAME_INVALID: certificate,
  "28P01": authentication("User or password is wrong (PGUSER, PGPASSWORD, or the URL)."),
  "28000": authentication("The server's pg_hba.conf does not let this user in from here, or asks for TLS."),
  "3D000": {
    code: "missing_database",
    retryable: false,
    hint: "Create the database first; typeload creates schemas, not databases.",
  },
  "42501": {
    code: "permission",
    retryable: false,
    hint: "The role lacks a right. It needs USAGE and CREATE on the schemas <dataset> and <dataset>_staging (or CREATE on the database, which makes them), TEMPORARY on the database for merges, and to own the tables it alters.",
  },
  "25006": {
    code: "read_only",
    retryable: false,
    hint: "Nothing can be written there: it is a replica, or the role or the database is set to read only.",
  },
  "53100": {
    code: "disk_full",
    retryable: false,
    hint: "The server's disk is full: nothing was committed; run again when there is room.",
  },
  "53200": { code: "out_of_memory", retryable: true, hint: "The server ran out of memory." },
  "53300": { code: "too_many_connections", retryable: true, hint: "The server has no connection left." },
  "55P03": {
    code: "lock_timeout",
    retryable: true,
    hint: "Another transaction held a lock for longer than lockTimeout.",
  },
  "57014": {
    code: "statement_timeout",
    retryable: true,
    hint: "The statement was cancelled, or took longer than statementTimeout.",
  },
  "57P01": lost("The server is shutting down, or an administrator ended the connection."),
  "57P02": lost("The server crashed."),
  "57P03": unreachable("The server is starting up or shutting down."),
  "40001": { code: "serialization", retryable: true, hint: "Two transactions met." },
  "40P01": { code: "deadlock", retryable: true, hint: "Two transactions waited for each other." },
  "54011": {
    code: "too_many_columns",
    retryable: false,
    hint: "Postgres allows 1,600 columns a table: make a free-form object a json column.",
  },
  "54000": badValue("A value or a row is larger than Postgres takes (1 GB a field, less inside jsonb)."),
  "22001": badValue("A text is longer than its column: raise or drop the precision hint, or widen the column."),
  "22003": badValue("A number has more digits than its column: raise the precision hint, or make it wei or text."),
  "22008": badValue("A date is outside of what Postgres keeps (4713 BC to 294276 AD)."),
  "23502": {
    code: "null_value",
    retryable: false,
    hint: "The column takes no null: drop its NOT NULL, or see why the source left it out.",
  },
  "0A000": {
    code: "not_possible_here",
    retryable: false,
    hint: "A column's type cannot be changed while a view or a rule uses it: drop that, run, and create it again.",
  },
};

/** Codes whose `detail` names objects and quotes no data. */
const detailIsNames = new Set(["0A000", "2BP01"]);

/**
 * Turns what the driver throws into a `DestinationError` with what, where and what to do. No row of data is in it or in its cause.
 *
 * @param doing what was attempted, for the message: `reading _dlt_loads`
 */
export function postgresError(error: unknown, location: string, doing: string): Error {
  if (error instanceof Error && isTypeloadError(error)) return error;
  const code = codeOf(error);
  const cause = withoutData(error);
  const meaning = meaningOfAnswer(code, messageOf(error)) ?? meanings[code] ?? meaningOfMessage(error, code);
  const message = (messageOf(cause) || code || "unknown error").replace(/\.$/, "");
  const where = detailOf(error, code);
  return new DestinationError(
    `Postgres (${location}), ${doing}: ${message}${where === "" ? "" : ` (${where})`}${meaning === undefined ? "" : `. ${meaning.hint}`}`,
    {
      code: meaning?.code ?? `postgres_${code === "" ? "error" : code.toLowerCase()}`,
      retryable: meaning?.retryable ?? false,
      cause,
    },
  );
}

/** The caller's signal ended the work. */
export function abortedError(location: string, signal: AbortSignal): RunAbortedError {
  return new RunAbortedError(`Postgres (${location}): stopped by the caller; an open transaction was rolled back`, {
    cause: signal.reason,
  });
}

/** Did the connection go away, so that nothing is known of the statement that was sent? */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  if (/^(08|57P0[12])/.test(code) || ["ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code)) return true;
  // pg has no code for these.
  return /^(Connection terminated|Connection ended|Client has encountered a connection error|Client was closed)/.test(
    messageOf(error),
  );
}

/** Is this the server's own answer to a statement, and not a loss of the connection? */
export function isServerAnswer(error: unknown): boolean {
  return isAnswer(error) && !isConnectionLoss(error);
}

/** Where one code has several meanings. */
function meaningOfAnswer(code: string, message: string): Meaning | undefined {
  if (code === "28000" && /^role ".*" does not exist$/s.test(message)) {
    return authentication("The server has no such role: name another user, or make it (CREATE ROLE … LOGIN).");
  }
  if (code === "42601" && message.includes("multiple commands")) {
    return { code: "several_statements", retryable: false, hint: "Give one statement a call." };
  }
  return undefined;
}

/** What has no code of its own, or a whole class of codes. */
function meaningOfMessage(error: unknown, code: string): Meaning | undefined {
  const message = messageOf(error);
  if (/^timeout e(xpired|xceeded)|due to connection timeout$/.test(message)) return meanings["ETIMEDOUT"];
  if (code.startsWith("08") || isConnectionLoss(error)) return meanings["ECONNRESET"];
  if (message.includes("password must be a")) return authentication("No password was given (PGPASSWORD, or the URL).");
  if (message.includes("does not support SSL"))
    return unreachable("Connect with sslmode=disable, or turn TLS on.", false);
  return undefined;
}

function messageOf(error: unknown): string {
  // Several addresses of one host were tried; the message of the whole is empty.
  if (error instanceof AggregateError && error.message === "") return messageOf(error.errors[0]);
  return error instanceof Error ? error.message : "";
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/** Table, column and constraint that the server names. `where`, and most `detail`s, quote data. */
function detailOf(error: unknown, code: string): string {
  if (typeof error !== "object" || error === null) return "";
  const parts: string[] = [];
  for (const name of ["table", "column", "constraint"] as const) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === "string") parts.push(`${name} ${value}`);
  }
  const detail: unknown = Reflect.get(error, "detail");
  if (detailIsNames.has(code) && typeof detail === "string") parts.push(detail);
  return parts.join(", ");
}
