import { type Gate, run } from "./gate.ts";

export const unusedGate: Gate = {
  name: "unused",
  mend: "remove it, or say in knip.json why it stays",
  check: (args) => run("node_modules/knip/bin/knip.js", ["--no-progress", "--no-config-hints", ...args]),
};
