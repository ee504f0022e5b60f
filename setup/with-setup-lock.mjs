import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root, say } from "./say.mjs";

/**
 * Does `work` while no other process of this folder does any: two at once would delete each other's packages. The
 * holder touches its lock every second, so one that is untouched for ten was left by a process that died. (Process
 * numbers would not tell: containers that share a folder use the same ones.)
 *
 * @throws when another one holds it for half an hour, or the folder cannot be written.
 */
export async function withSetupLock(signal, work, { file = `${root}/.setup-lock`, staleSeconds = 10 } = {}) {
  const token = randomUUID();
  await acquire(file, token, staleSeconds, signal);
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), 1000);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if ((await holder(file)) === token) await rm(file, { force: true });
  }
}

async function acquire(file, token, staleSeconds, signal) {
  const deadline = performance.now() + 30 * 60_000;
  let told = false;
  while (!(await created(file, token))) {
    signal.throwIfAborted();
    if ((await secondsUntouched(file)) > staleSeconds) {
      // Several may see the same stale lock and put theirs in its place; who stands there a second later has it.
      await writeFile(`${file}.${token}`, token);
      await rename(`${file}.${token}`, file);
      await delay(1000, undefined, { signal });
      if ((await holder(file)) === token) return;
    }
    if (!told) say("Another set-up is running in this folder; waiting for it");
    told = true;
    if (performance.now() > deadline)
      throw new Error(`Another set-up has been running for half an hour. If there is none, delete ${file}.`);
    await delay(250, undefined, { signal });
  }
}

async function created(file, token) {
  try {
    await writeFile(file, token, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw new Error(
      `Can't write to ${dirname(file)} (${error.code}): set-up installs into this folder. Make it yours to write, or clone into one that is.`,
      { cause: error },
    );
  }
}

async function holder(file) {
  return readFile(file, "utf8").catch(() => undefined);
}

async function secondsUntouched(file) {
  const found = await stat(file).catch(() => undefined);
  return found === undefined ? 0 : (Date.now() - found.mtimeMs) / 1000;
}
