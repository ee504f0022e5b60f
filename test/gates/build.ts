import { type Gate, run } from "./gate.ts";

export const buildGate: Gate = {
  name: "build",
  mend: "npm run build shows the same",
  check: () => run("node_modules/turbo/bin/turbo", ["run", "build", "--concurrency=4", "--output-logs=errors-only"]),
};
