import { existsSync } from "node:fs";
import { type Gate, root, run } from "./gate.ts";

const generator = "packages/cliengo-sdk/generate/generate-types.ts";

export const generatedGate: Gate = {
  name: "generated",
  mend: "npm run generate, and commit what it wrote",
  check: () =>
    existsSync(`${root}/${generator}`) ? run(generator, ["--check"]) : Promise.resolve(`${generator} is missing`),
  fix: () => run(generator, []),
};
