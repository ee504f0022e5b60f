// Writes the repository's address into every published package.json: `node setup/set-repository.mjs <address>`.
// The release workflow runs it before publishing, so that a fork publishes its own address and never this one's.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fail, root } from "./say.mjs";

const address = process.argv[2];
if (!address?.startsWith("https://")) fail("Give the repository's address: https://…");

for (const name of readdirSync(`${root}/packages`)) {
  const file = `${root}/packages/${name}/package.json`;
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  manifest.repository = { type: "git", url: `git+${address}.git`, directory: `packages/${name}` };
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
}
