// The one entry of every root script: `node setup/run.mjs <task> [arguments]`. It is plain JavaScript without
// dependencies, because it runs on the system's Node (20 or newer) before anything is installed.
import { ensureNode } from "./ensure-node.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { build } from "./build.mjs";
import { runProcess } from "./run-process.mjs";
import { fail, root, say } from "./say.mjs";
import { Stopped, withStopSignals } from "./stop-signals.mjs";
import { withSetupLock } from "./with-setup-lock.mjs";

/** What a task needs installed, what it needs built, and the script that it then runs on the right Node. */
const tasks = {
  start: { install: "start", build: "@typeload/quickstart", script: "apps/quickstart/dist/main.js" },
  setup: { install: "all" },
  build: { install: "all", build: "all" },
  test: { install: "all", script: "test/run-all.ts" },
  "test:quick": { install: "all", script: "test/run-quick.ts" },
  "fuzz:dlt": { install: "all", build: "all", script: "test/interop-dlt/fuzz.ts" },
  golden: { install: "all", build: "all", script: "test/golden/main.ts" },
  "large-run": { install: "all", build: "all", script: "test/simulation/large-run.ts" },
  simulate: { install: "all", build: "all", script: "test/simulation/simulate.ts" },
  check: { install: "all", script: "test/gates/main.ts" },
  fix: { install: "all", script: "test/gates/main.ts", first: ["--fix"] },
};

const [name = "", ...rest] = process.argv.slice(2);
const task = tasks[name];
if (task === undefined) fail(`Unknown task "${name}". There are: ${Object.keys(tasks).join(", ")}.`);

try {
  const node = await withStopSignals((signal) => withSetupLock(signal, () => setUp(signal)));
  if (task.script !== undefined) {
    process.exitCode = await runProcess(
      node.path,
      [`${root}/${task.script}`, ...(task.first ?? []), ...rest],
      node.env,
    );
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof Stopped ? error.exitCode : 1;
}

async function setUp(signal) {
  const node = await ensureNode(signal);
  await ensureInstalled(node, task.install, signal);
  if (task.build !== undefined) await build(node, task.build, signal);
  return node;
}
