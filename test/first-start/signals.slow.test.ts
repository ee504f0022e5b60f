import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { expect, it } from "vitest";
import { root } from "../gates/gate.ts";

// `npm start` stands between the terminal and the quickstart, which stops cleanly at the first Ctrl-C and at once at
// the second. So each signal must arrive once, however many hands it goes through, and the exit code must come back.
const counter = `
  let interrupts = 0;
  process.on("SIGINT", () => { interrupts++; setTimeout(() => { console.log("interrupts", interrupts); process.exit(40 + interrupts); }, 900); });
  console.log("ready");
  setInterval(() => {}, 1000);
`;
const starter = `
  import { runProcess } from ${JSON.stringify(`${root}/setup/run-process.mjs`)};
  process.exitCode = await runProcess(process.execPath, ["-e", ${JSON.stringify(counter)}], process.env);
`;

function start(): ChildProcess {
  return spawn(process.execPath, ["--input-type=module", "-e", starter], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
}

async function exitCodeAfter(send: (child: ChildProcess) => void): Promise<number> {
  const child = start();
  await new Promise<void>((resolve) => child.stdout?.on("data", (text: Buffer) => text.includes("ready") && resolve()));
  const exit = once(child, "exit");
  send(child);
  const [code] = await exit;
  return Number(code);
}

it("passes on one SIGINT that only the starter got", async () => {
  expect(await exitCodeAfter((child) => child.kill("SIGINT"))).toBe(41);
});

it("passes on one when the whole process group and then a parent send the same", async () => {
  const code = await exitCodeAfter((child) => {
    process.kill(-(child.pid ?? Number.NaN), "SIGINT");
    child.kill("SIGINT");
  });
  expect(code).toBe(41);
});

it("passes on a second one that comes later", async () => {
  const code = await exitCodeAfter((child) => {
    child.kill("SIGINT");
    setTimeout(() => child.kill("SIGINT"), 650);
  });
  expect(code).toBe(42);
});
