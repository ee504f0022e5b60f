import { readFileSync } from "node:fs";
import { type Gate, repositoryFiles, root } from "./gate.ts";

const longest = 300;
const code = /\.(ts|mts|cts|mjs|cjs|js)$/;
/** Written by a program or kept as it was recorded: not ours to shape. */
const exempt = [/package-lock\.json$/, /\/src\/generated\//, /\/api\/.*\.api\.md$/, /\/fixtures\//, /CHANGELOG\.md$/];
const drawers = new Set(["utils", "util", "helpers", "helper", "common", "shared", "misc", "lib"]);
// Put together here, so that this file does not find itself.
const homes = ["work", "home", "root", "Users", "tmp"].join("|");
const machinePaths = new RegExp(`(?<![\\w.}])(/(${homes})/[A-Za-z]|[A-Z]:\\\\(${homes})\\\\)`);

/** The rules of the house that no linter knows: names, lengths, and nothing of the machine it was written on. */
export const houseGate: Gate = {
  name: "house",
  mend: "the rules are in AGENTS.md",
  async check() {
    const files = await repositoryFiles();
    const wrong = files
      .filter((file) => !exempt.some((pattern) => pattern.test(file)))
      .flatMap((file) => brokenRules(file, readFileSync(`${root}/${file}`)));
    return wrong.length === 0 ? undefined : wrong.join("\n");
  },
};

export function brokenRules(file: string, content: Uint8Array): string[] {
  const wrong: string[] = [];
  const folders = file.split("/");
  const name = folders.pop() ?? "";
  const drawer = [...folders, name.replace(/\..*$/, "")].find((part) => drawers.has(part));
  if (drawer !== undefined) wrong.push(`${file}: "${drawer}" says nothing; name it after what it exports`);
  if (name === "types.ts") wrong.push(`${file}: types live beside what they describe`);
  if (name === "index.ts" && !/^packages\/[^/]+\/src\/index\.ts$/.test(file))
    wrong.push(`${file}: only a package's src has an index.ts`);
  if (code.test(name) && !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(name)) wrong.push(`${file}: file names are kebab-case`);

  if (content.includes(0)) return wrong;
  const lines = new TextDecoder().decode(content).split("\n");
  if (code.test(name) && lines.length - 1 > longest)
    wrong.push(`${file}: ${lines.length - 1} lines, at most ${longest}`);
  lines.forEach((line, index) => {
    const found = machinePaths.exec(line);
    if (found) wrong.push(`${file}:${index + 1}: "${found[0]}…" is a path of one machine`);
  });
  return wrong;
}
