import { spawn } from "node:child_process";
import { constants } from "node:os";
import { root } from "./say.mjs";

const passedOn = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program in the foreground and resolves to its exit code.
 *
 * A program that stops cleanly at the first Ctrl-C and at once at the second must see each Ctrl-C once. A terminal
 * sends it to the whole group, npm passes it on as well, and `timeout` signals both the process and its group. So on
 * a terminal the program takes it from there and nothing is passed on; elsewhere the program gets a group of its
 * own, and what arrives here within half a second is passed on as one.
 */
export function runProcess(path, args, env) {
  const terminal = process.stdin.isTTY === true;
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, {
      cwd: root,
      env,
      stdio: "inherit",
      detached: !terminal && process.platform !== "win32",
    });
    let last = -Infinity;
    const handlers = passedOn.map((signal) => {
      const handler = () => {
        const repeated = performance.now() - last < 500;
        last = performance.now();
        if ((terminal && signal === "SIGINT") || repeated) return;
        child.kill(signal);
      };
      process.on(signal, handler);
      return [signal, handler];
    });
    const done = (settle) => {
      for (const [signal, handler] of handlers) process.off(signal, handler);
      settle();
    };
    child.once("error", (error) => done(() => reject(error)));
    child.once("exit", (code, signal) => done(() => resolve(code ?? 128 + (constants.signals[signal] ?? 0))));
  });
}
