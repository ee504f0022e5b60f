import { readlink, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DestinationError } from "@typeload/core";

/**
 * DuckDB's file lock keeps other processes out, but not a second instance in the same process: two of them lose data in silence. So
 * each file has one owner at a time in a process, also across two installed copies of this package.
 */
const key = Symbol.for("typeload.duckdb.files");

interface Owners {
  [key]?: Map<string, Promise<void>>;
}

/** Gives a file back. A second call does nothing. */
export type ReleaseFile = () => void;

/**
 * Waits until no other session in this process has the file, at most so many seconds, and takes it. Sessions get it in the order in
 * which they asked.
 */
export async function ownFile(file: string, waitSeconds: number, signal: AbortSignal): Promise<ReleaseFile> {
  signal.throwIfAborted();
  // A registered symbol on the global object is the one place that two copies of this package share.
  const owners = ((globalThis as Owners)[key] ??= new Map());
  const before = owners.get(file);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const mine = (before ?? Promise.resolve()).then(() => released);
  owners.set(file, mine);
  // Only once everybody before is done as well: a waiter that gave up must not make the file look free.
  void mine.finally(() => {
    if (owners.get(file) === mine) owners.delete(file);
  });
  if (before === undefined) return release;

  const timer = new AbortController();
  try {
    const waited = await Promise.race([
      before.then(() => true),
      delay(waitSeconds * 1000, false, { signal: AbortSignal.any([signal, timer.signal]) }),
    ]);
    if (waited) return release;
  } catch (error) {
    release();
    signal.throwIfAborted();
    throw error;
  } finally {
    timer.abort();
  }
  release();
  throw new DestinationError(
    `${file}: another session of this process has it open, and did not close it within ${waitSeconds} s. ` +
      `Close that session (or let that pipeline end) first; one file has one owner at a time.`,
    { code: "file_in_use", retryable: true },
  );
}

/** The one name of a file, whatever links lead to it; of a file that is not there yet, the name it will have. */
export async function realFile(path: string): Promise<string> {
  let file = resolve(path);
  // A link to a file that is not there yet leads on. Links in a circle are left to the attempt to open.
  for (let hops = 0; hops < 40; hops++) {
    const found = await realpath(file).catch(() => undefined);
    if (found !== undefined) return found;
    const target = await readlink(file).catch(() => undefined);
    if (target === undefined) break;
    file = resolve(dirname(file), target);
  }
  return join(await realpath(dirname(file)).catch(() => dirname(file)), basename(file));
}
