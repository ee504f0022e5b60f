import { type Gate, run } from "./gate.ts";

export const buildGate: Gate = {
  name: "build",
  mend: "npm run build shows the same",
  async check() {
    const output = await run("node_modules/turbo/bin/turbo", [
      "run",
      "build",
      "--concurrency=4",
      "--output-logs=errors-only",
    ]);
    return output?.replaceAll(/^(.*(npm (warn|error)|:build:\s+(at|>) ).*|.*:build:\s*)\n/gm, "");
  },
};
