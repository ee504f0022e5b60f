import { type Gate, run } from "./gate.ts";

// The SDK a second time, alone: with the types of a browser and without Node's, where a `node:` import is an error.
const programs = ["tsconfig.json", "packages/cliengo-sdk/tsconfig.json"];

export const typesGate: Gate = {
  name: "types",
  mend: "node_modules/.bin/tsc -p tsconfig.json shows the same",
  async check() {
    const found = await Promise.all(programs.map((program) => run("node_modules/typescript/bin/tsc", ["-p", program])));
    const wrong = found.filter((output) => output !== undefined);
    return wrong.length === 0 ? undefined : wrong.join("\n");
  },
};
