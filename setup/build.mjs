import { runCaptured } from "./run-captured.mjs";
import { root, step } from "./say.mjs";

/** Builds what is stale, through turbo: `all`, or one package with all that it is built from. */
export async function build(node, what, signal) {
  const filter = what === "all" ? [] : ["--filter", `${what}...`];
  await step("Building what changed", () =>
    runCaptured(
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
    ),
  );
}
