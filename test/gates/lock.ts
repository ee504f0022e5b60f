import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { capture, type Gate, root } from "./gate.ts";

const dryRun = ["ci", "--dry-run", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * A lock that `npm ci` takes everywhere. npm can write one that it then refuses, when a platform's binary package was
 * not to be had that day (npm/cli issue 9846); and download addresses would tie the lock to one registry.
 */
export const lockGate: Gate = {
  name: "lock",
  mend: "pin versions whose platform packages all exist, delete every node_modules and the lock, and npm install again",
  async check() {
    const wrong: string[] = [];
    for (const folder of [".", "setup/node", "test/packed/lowest-node"]) {
      const file = join(folder, "package-lock.json");
      const text = await readFile(`${root}/${file}`, "utf8");
      if (text.includes('"resolved": "http')) wrong.push(`${file} holds download addresses ("resolved")`);
      if (text.includes("\r")) wrong.push(`${file} has Windows line ends`);
      const { code, output } = await capture("npm", dryRun, join(root, folder));
      if (code !== 0 || output.includes("Missing:")) wrong.push(`${file}: ${output}`);
    }
    wrong.push(...(await undecidedScripts()), ...(await otherNodes()));
    return wrong.length === 0 ? undefined : wrong.join("\n");
  },
};

/** Packages with an install script that package.json neither allows nor forbids. */
async function undecidedScripts(): Promise<string[]> {
  const { allowScripts = {} } = await readJson<{ allowScripts?: Record<string, boolean> }>("package.json");
  const { packages } = await readJson<{ packages: Record<string, { hasInstallScript?: boolean }> }>(
    "package-lock.json",
  );
  const names = Object.entries(packages)
    .filter(([, { hasInstallScript }]) => hasInstallScript === true)
    .map(([folder]) => folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length));
  return [...new Set(names)]
    .filter((name) => !(name in allowScripts))
    .map((name) => `package.json: allowScripts does not say whether ${name} may run its install script`);
}

/** .node-version is for version managers, setup/node for those who have none: both name one Node. */
async function otherNodes(): Promise<string[]> {
  const version = (await readFile(`${root}/.node-version`, "utf8")).trim();
  const { optionalDependencies } = await readJson<{ optionalDependencies: Record<string, string> }>(
    "setup/node/package.json",
  );
  return Object.entries(optionalDependencies)
    .filter(([, locked]) => locked !== version)
    .map(([name, locked]) => `setup/node has ${name} ${locked}, .node-version ${version}`);
}

async function readJson<T>(file: string): Promise<T> {
  // Ours or npm's own; what is missing shows in the next line that reads it.
  return JSON.parse(await readFile(`${root}/${file}`, "utf8")) as T;
}
