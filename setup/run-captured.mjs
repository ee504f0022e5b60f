import { spawn } from "node:child_process";
import { root } from "./say.mjs";

const secondsToStop = 5;

/**
 * Runs a program quietly. Rejects with all that it printed when it fails. When `signal` aborts, the program and all
 * that it started are stopped, and it rejects with the signal's reason once they are gone: whoever comes next finds
 * nobody still writing.
 */
export function runCaptured(path, args, env, signal, options = {}) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) throw signal.reason;
    // A group of its own, so that a terminal's Ctrl-C comes through us alone, and reaches everything in it.
    const detached = process.platform !== "win32";
    const child = spawn(path, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], detached, ...options });
    const output = [];
    child.stdout.on("data", (chunk) => output.push(chunk));
    child.stderr.on("data", (chunk) => output.push(chunk));

    const send = (name) => {
      try {
        if (detached) process.kill(-child.pid, name);
        else child.kill(name);
      } catch (error) {
        if (error.code !== "ESRCH") throw error;
      }
    };
    let timer;
    const stop = () => {
      send("SIGTERM");
      timer = setTimeout(() => send("SIGKILL"), secondsToStop * 1000);
    };
    const done = (settle) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      settle();
    };
    signal.addEventListener("abort", stop);
    child.once("error", (error) => done(() => reject(error)));
    child.once("close", (code, by) => {
      done(() => {
        const text = Buffer.concat(output).toString("utf8").trim();
        if (signal.aborted) reject(signal.reason);
        else if (code === 0) resolve(text);
        else reject(new Error(`${[path, ...args].join(" ")} ended with ${by ?? `code ${code}`}:\n${text}`));
      });
    });
  });
}
