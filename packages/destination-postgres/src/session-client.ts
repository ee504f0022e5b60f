import { Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import type { ClientBase, ClientConfig, Pool } from "pg";
import type { PostgresSettings } from "./postgres-options.ts";

/** How long a goodbye, or a request to cancel, may take. */
const goodbyeSeconds = 5;

/** The driver's client of one session, and how it goes back to where it came from. */
export interface SessionClient {
  readonly client: ClientBase;
  /** Breaks the connection: what waits for it fails at once. */
  destroy(): void;
  /** Ends it, or gives it back to its pool: `broken`: to be thrown away there. Never throws, never hangs. */
  close(broken: boolean): Promise<void>;
}

/** Opens a connection, or borrows one. On abort it gives up at once. */
export function openSessionClient({ pool, client }: PostgresSettings, signal: AbortSignal): Promise<SessionClient> {
  return pool === undefined ? openClient(client, signal) : borrowClient(pool, signal);
}

/** A connection beside others: its socket is ours, so that it can be broken whatever the driver waits for. */
async function openClient(config: ClientConfig, signal: AbortSignal): Promise<SessionClient> {
  signal.throwIfAborted();
  const socket = new Socket();
  const client = new Client({ ...config, stream: () => socket });
  // Without a listener the loss of an idle connection would end the process; the next statement reports it.
  client.on("error", () => {});
  const destroy = (): void => void socket.destroy();
  signal.addEventListener("abort", destroy, { once: true });
  try {
    await client.connect();
  } catch (error) {
    destroy();
    throw error;
  } finally {
    signal.removeEventListener("abort", destroy);
  }
  const close = async (broken: boolean): Promise<void> => {
    if (!broken) await within(client.end());
    destroy();
  };
  return { client, destroy, close };
}

async function borrowClient(pool: Pool, signal: AbortSignal): Promise<SessionClient> {
  signal.throwIfAborted();
  const borrowing = pool.connect();
  const client = await new Promise<Awaited<typeof borrowing>>((resolve, reject) => {
    const onAbort = (): void => {
      // The pool goes on; what it hands out after all goes back.
      borrowing.then((late) => late.release()).catch(() => {});
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    borrowing.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
  const ignore = (): void => {};
  client.on("error", ignore);
  let released = false;
  const release = (broken: boolean): void => {
    if (released) return;
    released = true;
    client.release(broken);
    // A pool listens itself to clients it keeps; one thrown away still says that its socket went.
    if (!broken) client.off("error", ignore);
  };
  return { client, destroy: () => release(true), close: async (broken) => release(broken) };
}

/** Asks the server, on another connection, to cancel what a process of it runs. Best effort and bounded. */
export async function cancelStatement(config: ClientConfig, processId: number): Promise<void> {
  try {
    const other = await openClient(config, AbortSignal.timeout(goodbyeSeconds * 1000));
    try {
      await within(other.client.query("SELECT pg_cancel_backend($1)", [processId]));
    } finally {
      await other.close(false);
    }
  } catch {
    // The statement ends by itself, or with its connection.
  }
}

/** Waits for something that may never come. */
export async function within(work: Promise<unknown>, seconds = goodbyeSeconds): Promise<"done" | "failed" | "late"> {
  const timer = new AbortController();
  const late = wait(seconds * 1000, "late" as const, { signal: timer.signal }).catch(() => "late" as const);
  const end = work.then(
    () => "done" as const,
    () => "failed" as const,
  );
  try {
    return await Promise.race([end, late]);
  } finally {
    timer.abort();
  }
}
