import { runCaptured } from "./run-captured.mjs";
import { root, step } from "./say.mjs";

/** Builds what is stale, through turbo: `all`, or one package with all that it is built from. */
export async function build(node, what, signal) {
  const filter = what === "all" ? [] : ["--filter", `${what}...`];
  await step("Building what changed", async () => {
    const output = await runCaptured(
      node.path,
      [
        `${root}/node_modules/turbo/bin/turbo`,
        "run",
        "build",
        ...filter,
        "--concurrency=4",
        "--output-logs=errors-only",
      ],
      node.env,
      signal,
    );
    if (!isWhole(output))
      throw new Error(`The build was stopped before its end; give the same command again.\n${output}`);
  });
}

/** turbo that is told to stop from outside ends with code 0; only its last lines say that tasks are missing. */
export function isWhole(output) {
  return /Tasks:\s+(\d+) successful, \1 total/.test(output);
}
