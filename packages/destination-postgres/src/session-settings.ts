import type { OpenContext } from "@typeload/core";
import type { ClientBase } from "pg";
import type { PostgresSettings } from "./postgres-options.ts";
import { within } from "./session-client.ts";

/** What a session found, to be put back into a borrowed connection. */
export interface SessionState {
  /** The server's process that serves this connection. */
  readonly processId: number;
  readonly before: readonly (readonly [name: string, value: string])[];
}

/**
 * What every session needs, whatever the role, the database or a pool are set to: values as text in one exact form, bounded waits,
 * for a reading session no right to write, and a COMMIT that is on disk when it is answered.
 */
export async function applySessionSettings(
  client: ClientBase,
  { statementTimeout, lockTimeout }: PostgresSettings,
  purpose: OpenContext["purpose"],
): Promise<SessionState> {
  const milliseconds = (seconds: number): string => String(Math.round(seconds * 1000));
  const wanted: readonly (readonly [name: string, value: string])[] = [
    ["TimeZone", "UTC"],
    ["DateStyle", "ISO, YMD"],
    ["bytea_output", "hex"],
    ["extra_float_digits", "1"],
    ["client_min_messages", "warning"],
    ["statement_timeout", milliseconds(statementTimeout)],
    ["lock_timeout", milliseconds(lockTimeout)],
    ["default_transaction_read_only", purpose === "read" ? "on" : "off"],
    ["synchronous_commit", "local"],
  ];
  const { rows } = await client.query<{ id: number; names: string[]; before: string[] }>(
    "SELECT pg_backend_pid() AS id, array_agg(name) AS names, array_agg(current_setting(name)) AS before FROM unnest($1::text[]) AS name",
    [wanted.map(([name]) => name)],
  );
  const [row] = rows;
  const before = new Map(row?.names.map((name, index) => [name, row.before[index] ?? ""]));
  await setAll(
    client,
    wanted.filter(([name, value]) =>
      // A stricter one (`remote_apply`) stays.
      name === "synchronous_commit" ? before.get(name) === "off" : before.get(name) !== value,
    ),
  );
  return { processId: row?.id ?? 0, before: [...before] };
}

/** Puts back what was set before. @returns false when that did not work: then the connection is not fit to be given back */
export async function restoreSessionSettings(client: ClientBase, { before }: SessionState): Promise<boolean> {
  return (await within(setAll(client, before))) === "done";
}

async function setAll(
  client: ClientBase,
  settings: readonly (readonly [name: string, value: string])[],
): Promise<void> {
  await client.query(
    "SELECT set_config(name, value, false) FROM unnest($1::text[], $2::text[]) AS setting(name, value)",
    [settings.map(([name]) => name), settings.map(([, value]) => value)],
  );
}
