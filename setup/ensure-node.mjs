import { copyFile, mkdir, readFile, rename, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { delimiter, dirname, sep } from "node:path";
import { runNpm } from "./run-npm.mjs";
import { root, step } from "./say.mjs";

/**
 * A Node that can run this repository: the system's where it is new enough, else the one that setup/node/ locks,
 * installed into .node/. Its folder goes first on PATH for everything that follows, npm included: under an older Node
 * npm leaves out, in silence, optional packages whose `engines` exclude it.
 */
export async function ensureNode(signal) {
  if (isUsable(process.versions.node, process.execPath)) return found(process.execPath, process.versions.node);

  const locked = JSON.parse(await readFile(`${root}/setup/node/package.json`, "utf8")).optionalDependencies;
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const version = locked[name];
  if (version === undefined) {
    throw new Error(
      `Node 22.18, 23.6 or newer is needed, and this is ${process.versions.node}. There is no ready-made one for ` +
        `${process.platform} ${process.arch} here: install Node 24 (see .node-version) with your version manager or from nodejs.org, then try again.`,
    );
  }

  const inside = `node_modules/${name}`;
  const path = `${root}/.node/${inside}/bin/${process.platform === "win32" ? "node.exe" : "node"}`;
  const installed = existsSync(path)
    ? JSON.parse(await readFile(`${root}/.node/${inside}/package.json`, "utf8")).version
    : undefined;
  if (installed !== version) {
    await step(`Node ${version} into .node/ (this machine has ${process.versions.node})`, async () => {
      // Beside it, and renamed when whole: what breaks off never looks like a Node.
      const draft = `${root}/.node.draft`;
      await rm(draft, { recursive: true, force: true });
      await mkdir(draft);
      for (const file of ["package.json", "package-lock.json"])
        await copyFile(`${root}/setup/node/${file}`, `${draft}/${file}`);
      await runNpm(found(process.execPath, process.versions.node), ["ci", "--prefix", draft], signal);
      await rm(`${root}/.node`, { recursive: true, force: true });
      await rename(draft, `${root}/.node`);
    });
  }
  return found(path, version);
}

/**
 * Runs TypeScript without a flag (22.18 and 23.6 were the first to), and is no package of this repository's: a
 * `node` in node_modules/.bin, which npm puts first on PATH, would run everything in silence.
 */
export function isUsable(version, path) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const since = { 22: 18, 23: 6 }[major] ?? 0;
  return major >= 22 && minor >= since && !path.startsWith(`${root}${sep}node_modules${sep}`);
}

function found(path, version) {
  const env = {
    ...process.env,
    PATH: [dirname(path), `${root}/node_modules/.bin`, process.env.PATH].filter(Boolean).join(delimiter),
    TURBO_TELEMETRY_DISABLED: "1",
    TURBO_NO_UPDATE_NOTIFIER: "1",
    REDOCLY_TELEMETRY: "off",
    REDOCLY_SUPPRESS_UPDATE_NOTICE: "true",
  };
  return { path, version, env };
}
