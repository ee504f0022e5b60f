import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { runNpm } from "./run-npm.mjs";
import { root, step } from "./say.mjs";

const lowest = [22, 18];

/**
 * A Node that can run this repository: the system's where it is new enough, else the one that setup/node/ locks,
 * installed into .node/. Its folder goes first on PATH for everything that follows, npm included: under an older Node
 * npm leaves out, in silence, optional packages whose `engines` exclude it.
 */
export async function ensureNode() {
  if (newEnough(process.versions.node)) return found(process.execPath, process.versions.node);

  const locked = JSON.parse(await readFile(`${root}/setup/node/package.json`, "utf8")).optionalDependencies;
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const version = locked[name];
  if (version === undefined) {
    throw new Error(
      `Node ${lowest.join(".")} or newer is needed, and this is ${process.versions.node}. There is no ready-made one for ` +
        `${process.platform} ${process.arch} here: install Node 24 (see .node-version) with your version manager or from nodejs.org, then try again.`,
    );
  }

  const folder = `${root}/.node/node_modules/${name}`;
  const path = process.platform === "win32" ? `${folder}/bin/node.exe` : `${folder}/bin/node`;
  const installed = existsSync(path) ? JSON.parse(await readFile(`${folder}/package.json`, "utf8")).version : undefined;
  if (installed !== version) {
    await step(`Node ${version} into .node/ (this machine has ${process.versions.node})`, async () => {
      await rm(`${root}/.node`, { recursive: true, force: true });
      await mkdir(`${root}/.node`);
      for (const file of ["package.json", "package-lock.json"])
        await copyFile(`${root}/setup/node/${file}`, `${root}/.node/${file}`);
      await runNpm(found(process.execPath, process.versions.node), ["ci", "--prefix", `${root}/.node`]);
    });
  }
  return found(path, version);
}

function newEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > lowest[0] || (major === lowest[0] && minor >= lowest[1]);
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
