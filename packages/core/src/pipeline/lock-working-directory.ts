import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { randomUUID } from "node:crypto";
import { TypeloadError } from "../errors.ts";
import { packageStoreError, systemCode } from "../extract/package-errors.ts";
import { makePrivateFolder } from "../extract/package-folder.ts";
import { isDead, ownProcess, type ProcessIdentity } from "./process-identity.ts";

/** Another process (or another pipeline object of this one) works in the folder. */
export class WorkingDirectoryBusyError extends TypeloadError {
  constructor(folder: string, holder: ProcessIdentity & { readonly since: string }) {
    super(
      `${folder} is in use by process ${holder.pid} on ${holder.host} since ${holder.since}: wait until that run is over, ` +
        `or give this pipeline another name or workingDirectory. If no such process runs any more, delete ${join(folder, "lock")}`,
      { code: "working_directory_busy", retryable: true },
    );
  }
}

interface LockText extends ProcessIdentity {
  readonly token: string;
  readonly since: string;
}

/** Tokens of the locks that this process holds: a lock with our number and another token was left by an earlier process. */
const held = new Set<string>();

/**
 * Makes sure that one process at a time works in a folder. The lock of a process that died on this machine is taken over at once.
 *
 * @throws WorkingDirectoryBusyError while another one holds it; PackageStoreError when the folder cannot be written.
 */
export async function lockWorkingDirectory(folder: string, since: Date): Promise<AsyncDisposable> {
  const path = join(folder, "lock");
  const own: LockText = { ...ownProcess(), token: randomUUID(), since: since.toISOString() };
  const draft = `${path}.${own.token}`;
  try {
    await makePrivateFolder(folder);
    await writeFile(draft, JSON.stringify(own), { mode: 0o600 });
    for (let attempt = 0; attempt < 3; attempt++) {
      if (await linked(draft, path)) break;
      const holder = await readLock(path);
      if (holder !== undefined && !isStale(holder)) throw new WorkingDirectoryBusyError(folder, holder);
      await moveAway(path, `${draft}.stale`);
    }
    if ((await readLock(path))?.token !== own.token) {
      throw new WorkingDirectoryBusyError(folder, (await readLock(path)) ?? own);
    }
  } catch (error) {
    throw packageStoreError(error, folder);
  } finally {
    await rm(draft, { force: true });
  }
  held.add(own.token);
  return {
    async [Symbol.asyncDispose]() {
      held.delete(own.token);
      if ((await readLock(path))?.token === own.token) await rm(path, { force: true });
    },
  };
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
    // Written above, as a whole.
    return JSON.parse(await readFile(path, "utf8")) as LockText;
  } catch (error) {
    if (systemCode(error) === "ENOENT" || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isStale(lock: LockText): boolean {
  const own = ownProcess();
  if (lock.host === own.host && lock.pid === own.pid) return !held.has(lock.token);
  return isDead(lock);
}

/** Moves a stale lock away; if somebody else was faster and this is their lock already, puts it back. */
async function moveAway(path: string, aside: string): Promise<void> {
  try {
    await rename(path, aside);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  const moved = await readLock(aside);
  if (moved !== undefined && !isStale(moved)) await linked(aside, path);
  await rm(aside, { force: true });
}
