import { runCaptured } from "./run-captured.mjs";
import { root } from "./say.mjs";

/** Runs npm itself on the given Node, quietly; what it printed is told only when it fails, after what to do. */
export async function runNpm(node, args, signal) {
  // Set by npm when it runs a script, so nearly always; other package managers set it to their own program.
  // A bare `node setup/run.mjs` finds npm on PATH.
  const cli = process.env.npm_execpath;
  const isNpm = cli !== undefined && /[\\/]npm-cli\.js$/.test(cli);
  // One retry: without a network npm would try for more than a minute before it says so.
  const all = [...args, "--loglevel=error", "--no-audit", "--no-fund", "--no-update-notifier", "--fetch-retries=1"];
  try {
    if (isNpm) await runCaptured(node.path, [cli, ...all], node.env, signal);
    else await runCaptured("npm", all, node.env, signal, { shell: process.platform === "win32" });
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    const lines = error.message.split("\n").filter((line) => !/^npm error\s+at /.test(line));
    throw new Error([whatToDo(error.message), ...lines.slice(0, 10)].join("\n"), { cause: error });
  }
}

/** The causes that are nobody's bug, in words for whoever typed the command. */
export function whatToDo(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output))
    return "The npm registry can't be reached. Connect to the network (behind a proxy: npm config set proxy http://…), then give the same command again.";
  if (/ENOSPC/.test(output)) return "The disk is full. Make room (about 600 MB), then give the same command again.";
  if (/EACCES|EPERM|EROFS/.test(output))
    return `npm may not write to ${root} or to its cache (npm config get cache). Make both yours to write, then give the same command again.`;
  return "npm could not install. If what follows does not help, delete node_modules and give the same command again.";
}
