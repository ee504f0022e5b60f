import { type Gate, run } from "./gate.ts";

const oxfmt = "node_modules/oxfmt/bin/oxfmt";

export const formatGate: Gate = {
  name: "format",
  mend: "npm run format",
  check: () => run(oxfmt, ["--check", "."]),
  fix: () => run(oxfmt, ["."]),
};
