import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { runNpm } from "./run-npm.mjs";
import { root, step } from "./say.mjs";

const stamp = `${root}/node_modules/.typeload-installed.json`;

/**
 * Installs what the lock says, when it changed since the last time. `start` takes the quickstart and what it is
 * built from; `all` takes every workspace, with the tools of tests and gates. A full install serves both, so a later
 * start leaves it alone.
 */
export async function ensureInstalled(node, scope, signal) {
  const lock = createHash("sha256")
    .update(await readFile(`${root}/package-lock.json`))
    .digest("hex");
  const wanted = { lock, platform: `${process.platform}-${process.arch}` };
  const is = await readStamp();
  const asWanted =
    is?.lock === wanted.lock && is.platform === wanted.platform && (is.scope === "all" || scope === "start");
  if (asWanted && (await isWhole())) return;

  // npm ci empties node_modules first, the stamp with it: an install that breaks off is done again.
  if (scope === "start" && is?.scope !== "all") {
    await step("Installing what the quickstart needs", () =>
      runNpm(node, ["ci", "--workspace", "apps/quickstart", "--include-workspace-root"], signal),
    );
  } else {
    await step("Installing packages and tools", () => runNpm(node, ["ci"], signal));
    scope = "all";
  }
  await writeFile(stamp, `${JSON.stringify({ ...wanted, scope })}\n`);
}

/** Is everything there that npm says it installed, with its commands? People and disk cleaners delete halves. */
async function isWhole() {
  try {
    const { packages } = JSON.parse(await readFile(`${root}/node_modules/.package-lock.json`, "utf8"));
    return Object.entries(packages).every(
      ([folder, { bin }]) =>
        existsSync(`${root}/${folder}/package.json`) &&
        Object.keys(bin ?? {}).every((name) => hasCommand(folder, name)),
    );
  } catch {
    return false;
  }
}

function hasCommand(folder, name) {
  const end = folder.lastIndexOf("node_modules/");
  if (end === -1) return true; // a workspace
  const command = `${root}/${folder.slice(0, end)}node_modules/.bin/${name}`;
  return existsSync(command) || existsSync(`${command}.cmd`);
}

async function readStamp() {
  try {
    return JSON.parse(await readFile(stamp, "utf8"));
  } catch {
    return undefined;
  }
}
