import { type Gate, run } from "./gate.ts";

export const lintGate: Gate = {
  name: "lint",
  mend: "npm run lint -- --fix mends what a program can",
  check: (args) => run("node_modules/oxlint/bin/oxlint", ["--type-aware", "--deny-warnings", "--format=unix", ...args]),
};
