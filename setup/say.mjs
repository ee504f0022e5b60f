import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/** Standard error, so that a task's output stays its own. */
export function say(text) {
  process.stderr.write(`typeload: ${text}\n`);
}

/** Says in one line what set-up does, and how long it took. */
export async function step(what, work) {
  const start = performance.now();
  process.stderr.write(`typeload: ${what} … `);
  try {
    const result = await work();
    process.stderr.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stderr.write("failed\n");
    throw error;
  }
}

export function fail(message) {
  say(message);
  process.exit(1);
}
