import { DestinationError, isTypeloadError } from "@typeload/core";

/** What a SQLSTATE (or a code of Node's sockets) means for a load, and what to do about it. */
const meanings: Readonly<
  Record<string, { readonly code: string; readonly retryable: boolean; readonly hint: string }>
> = {
  ECONNREFUSED: {
    code: "unreachable",
    retryable: true,
    hint: "Nothing listens there: is the server running, are host and port right?",
  },
  ENOTFOUND: { code: "unreachable", retryable: false, hint: "The host name cannot be resolved." },
  ETIMEDOUT: { code: "unreachable", retryable: true, hint: "No answer in time: is a firewall in between?" },
  ECONNRESET: { code: "connection_lost", retryable: true, hint: "The connection broke." },
  EPIPE: { code: "connection_lost", retryable: true, hint: "The connection broke." },
  "28P01": {
    code: "authentication",
    retryable: false,
    hint: "User or password is wrong (PGUSER, PGPASSWORD, or the URL).",
  },
  "28000": {
    code: "authentication",
    retryable: false,
    hint: "The server's pg_hba.conf does not let this user in from here, or asks for TLS.",
  },
  "3D000": {
    code: "missing_database",
    retryable: false,
    hint: "Create the database first; typeload creates schemas, not databases.",
  },
  "42501": {
    code: "permission",
    retryable: false,
    hint: "The role lacks a right: it needs CREATE on the database (or on the schemas), and to own the tables it alters.",
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
    hint: "Another transaction holds a lock for longer than lockTimeout.",
  },
  "57014": {
    code: "statement_timeout",
    retryable: true,
    hint: "The statement was cancelled, or took longer than statementTimeout.",
  },
  "57P01": { code: "connection_lost", retryable: true, hint: "The server is shutting down." },
  "57P02": { code: "connection_lost", retryable: true, hint: "The server crashed." },
  "57P03": { code: "unreachable", retryable: true, hint: "The server is starting up." },
  "40001": { code: "serialization", retryable: true, hint: "Two transactions met." },
  "40P01": { code: "deadlock", retryable: true, hint: "Two transactions waited for each other." },
  "54011": {
    code: "too_many_columns",
    retryable: false,
    hint: "Postgres allows 1,600 columns a table: make a free-form object a json column.",
  },
};

/**
 * Turns what the driver throws into a `DestinationError` with what, where and what to do. The text of a failing statement is cut to its
 * first words: it holds names, never data.
 *
 * @param doing what was attempted, for the message: `reading _dlt_loads`
 */
export function postgresError(error: unknown, location: string, doing: string): DestinationError {
  if (isTypeloadError(error) && error instanceof DestinationError) return error;
  const code = codeOf(error);
  const meaning =
    meanings[code] ?? (code.startsWith("08") || isConnectionLoss(error) ? meanings["ECONNRESET"] : undefined);
  const message = error instanceof Error && error.message !== "" ? error.message : code;
  const where = detailOf(error);
  return new DestinationError(
    `Postgres (${location}), ${doing}: ${message}${where === "" ? "" : ` (${where})`}${meaning === undefined ? "" : `. ${meaning.hint}`}`,
    {
      code: meaning?.code ?? `postgres_${code === "" ? "error" : code}`,
      retryable: meaning?.retryable ?? false,
      cause: error,
    },
  );
}

/** Did the connection go away, so that nothing is known of the statement that was sent? */
export function isConnectionLoss(error: unknown): boolean {
  const code = codeOf(error);
  if (/^(08|57P0[12])/.test(code) || ["ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code)) return true;
  // pg has no code for these.
  return (
    error instanceof Error &&
    /^(Connection terminated|Client has encountered a connection error|Connection ended)/.test(error.message)
  );
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]); // several addresses of one host were tried
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

/** Table, column and constraint that the server names. Not `detail` and not `where`: they quote data. */
function detailOf(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  const parts: string[] = [];
  for (const name of ["table", "column", "constraint"] as const) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === "string") parts.push(`${name} ${value}`);
  }
  return parts.join(", ");
}
