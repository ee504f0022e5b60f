import { readFile } from "node:fs/promises";
import { capture, type Gate, root } from "./gate.ts";

/**
 * A lock that `npm ci` takes everywhere. npm can write one that it then refuses, when a platform's binary package was
 * not to be had that day (npm/cli issue 9846); and download addresses would tie the lock to one registry.
 */
export const lockGate: Gate = {
  name: "lock",
  mend: "pin versions whose platform packages all exist, delete every node_modules and the lock, and npm install again",
  async check() {
    const wrong: string[] = [];
    for (const file of ["package-lock.json", "setup/node/package-lock.json"]) {
      const text = await readFile(`${root}/${file}`, "utf8");
      if (text.includes('"resolved": "http')) wrong.push(`${file} holds download addresses ("resolved")`);
      if (text.includes("\r")) wrong.push(`${file} has Windows line ends`);
    }
    const { code, output } = await capture("npm", [
      "ci",
      "--dry-run",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--loglevel=error",
    ]);
    if (code !== 0 || output.includes("Missing:")) wrong.push(output);
    return wrong.length === 0 ? undefined : wrong.join("\n");
  },
};
