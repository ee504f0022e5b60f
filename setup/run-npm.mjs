import { runCaptured } from "./run-process.mjs";

/** Runs npm itself on the given Node, quietly; its output is shown only when it fails. */
export async function runNpm(node, args) {
  // Set by npm when it runs a script, so nearly always. A bare `node setup/run.mjs` finds npm on PATH.
  const cli = process.env.npm_execpath?.endsWith(".js") ? process.env.npm_execpath : undefined;
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier"];
  if (cli !== undefined) await runCaptured(node.path, [cli, ...args, ...quiet], node.env);
  else await runCaptured("npm", [...args, ...quiet], node.env, { shell: process.platform === "win32" });
}
