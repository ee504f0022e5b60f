import { constants } from "node:os";

const names = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Ctrl-C or a stop from outside during set-up. */
export class Stopped extends Error {
  constructor(name) {
    super("stopped; the same command goes on from here");
    this.exitCode = 128 + constants.signals[name];
  }
}

/** Runs `work` with an AbortSignal that SIGINT, SIGTERM and SIGHUP abort, with `Stopped` as the reason. */
export async function withStopSignals(work) {
  const controller = new AbortController();
  const handlers = names.map((name) => [name, () => controller.abort(new Stopped(name))]);
  for (const [name, handler] of handlers) process.on(name, handler);
  try {
    return await work(controller.signal);
  } catch (error) {
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    for (const [name, handler] of handlers) process.off(name, handler);
  }
}
