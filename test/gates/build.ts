import { capture, type Gate, root } from "./gate.ts";

export const buildGate: Gate = {
  name: "build",
  mend: "npm run build shows the same",
  async check() {
    const { code, output } = await capture(process.execPath, [
      `${root}/node_modules/turbo/bin/turbo`,
      "run",
      "build",
      "--concurrency=4",
      "--output-logs=errors-only",
    ]);
    // Stopped from outside, turbo ends with code 0 as well.
    if (code === 0 && /Tasks:\s+(\d+) successful, \1 total/.test(output)) return undefined;
    return output.replaceAll(/^(.*(npm (warn|error)|:build:\s+(at|>) ).*|.*:build:\s*)\n/gm, "");
  },
};
