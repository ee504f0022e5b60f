import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { TypeloadError } from "../errors.ts";
import { packageStoreError, systemCode } from "../extract/package-errors.ts";
import { makePrivateFolder } from "../extract/package-folder.ts";
import { isDead, ownProcess, type ProcessIdentity } from "./process-identity.ts";

/** Another process (or another pipeline object of this one) works in the folder. */
export class WorkingDirectoryBusyError extends TypeloadError {
  constructor(folder: string, holder: ProcessIdentity & { readonly since: string }) {
    const dead =
      holder.host === hostname()
        ? `If no such process runs any more, delete ${join(folder, "lock")}`
        : `If that machine or container is gone, run once with takeOver: true`;
    super(
      `${folder} is in use by process ${holder.pid} on ${holder.host} since ${holder.since}: wait until that run is over, ` +
        `or give this pipeline another name or workingDirectory. ${dead}`,
      { code: "working_directory_busy", retryable: true },
    );
  }
}

interface LockText extends ProcessIdentity {
  readonly token: string;
  readonly since: string;
}

/**
 * Tokens of the locks that this process holds or is about to. Where the system does not say when a process started, a lock with our number
 * and another token counts as left by an earlier process.
 */
const held = new Set<string>();

/** What a lock that a power cut left half written counts as: nobody's. */
const unreadable: LockText = { host: "", pid: 0, since: "", token: "unreadable" };

/**
 * Makes sure that one process at a time works in a folder. The lock of a process that died on this machine is taken over at once, that of
 * another machine only with `takeOver`: nobody here knows whether it still runs there.
 *
 * @throws WorkingDirectoryBusyError while another one holds it; PackageStoreError when the folder cannot be written.
 */
export async function lockWorkingDirectory(folder: string, since: Date, takeOver = false): Promise<AsyncDisposable> {
  const path = join(folder, "lock");
  const own: LockText = { ...ownProcess(), token: randomUUID(), since: since.toISOString() };
  const draft = `${path}.${own.token}.draft`;
  const isStale = (lock: LockText): boolean => isLeftBehind(lock) || (takeOver && lock.host !== own.host);
  held.add(own.token);
  try {
    await makePrivateFolder(folder);
    await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
    const holder = await acquire(path, draft, own, isStale);
    if (holder !== own) throw new WorkingDirectoryBusyError(folder, holder);
  } catch (error) {
    held.delete(own.token);
    throw packageStoreError(error, folder);
  } finally {
    // Where the draft could not be written it may not be removed either, and what went wrong there is told above.
    await rm(draft, { force: true }).catch(() => {});
  }
  return {
    async [Symbol.asyncDispose]() {
      held.delete(own.token);
      if ((await readLock(path))?.token === own.token) await rm(path, { force: true });
    },
  };
}

/** Puts the draft at the path, unless somebody who lives has a lock there; answers who has it now. */
async function acquire(
  path: string,
  draft: string,
  own: LockText,
  isStale: (lock: LockText) => boolean,
): Promise<LockText> {
  let holder: LockText | undefined;
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await linked(draft, path)) return own;
    holder = await readLock(path);
    if (holder === undefined) continue; // given back just now
    if (!isStale(holder)) return holder;
    const replacer = await replace(path, holder, draft, own, isStale);
    if (replacer !== undefined) return replacer;
  }
  return holder ?? unreadable; // it comes and goes all the time
}

/**
 * Replaces a stale lock. Many may want to at once, so the right to replace this very lock is itself a lock, named after its token; and since a
 * token never comes back, whoever has that right and still sees the token may replace it. Answers nothing when the stale lock was gone before.
 */
async function replace(
  path: string,
  stale: LockText,
  draft: string,
  own: LockText,
  isStale: (lock: LockText) => boolean,
): Promise<LockText | undefined> {
  const right = `${path}.${stale.token}`;
  const replacer = await acquire(right, draft, own, isStale);
  if (replacer !== own) return replacer;
  try {
    if ((await readLock(path))?.token !== stale.token) return undefined;
    await link(draft, `${draft}.new`);
    await rename(`${draft}.new`, path);
    return own;
  } finally {
    await rm(right, { force: true });
  }
}

/** A link is made as a whole or not at all, so nobody sees half a lock. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

async function readLock(path: string): Promise<LockText | undefined> {
  try {
    const lock: unknown = JSON.parse(await readFile(path, "utf8"));
    return isLockText(lock) ? lock : unreadable;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return unreadable;
    throw error;
  }
}

function isLockText(value: unknown): value is LockText {
  if (typeof value !== "object" || value === null) return false;
  // Looked at below.
  const { host, pid, since, token, started } = value as Record<keyof LockText, unknown>;
  return (
    [host, since, token].every((text) => typeof text === "string") &&
    typeof pid === "number" &&
    (started === undefined || typeof started === "string")
  );
}

function isLeftBehind(lock: LockText): boolean {
  if (lock.token === unreadable.token) return true;
  const own = ownProcess();
  // Worker threads and other copies of this package have their own list of what is held, but the same process.
  const untold = lock.started === undefined || own.started === undefined;
  if (lock.host === own.host && lock.pid === own.pid && untold) return !held.has(lock.token);
  return isDead(lock);
}
