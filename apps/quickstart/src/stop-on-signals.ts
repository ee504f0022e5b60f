/** A signal that aborts when the process is asked to stop. */
export interface Stop extends Disposable {
  readonly signal: AbortSignal;
}

/** Turns the first Ctrl-C (or SIGTERM) into an abort, so that the run stops cleanly, and the second into an exit at once. */
export function stopOnSignals(say: (line: string) => void): Stop {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    say("\nStopping: what was read completely is still loaded. Press Ctrl-C again to stop at once.");
    controller.abort(new Error("stopped by the user"));
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) process.on(name, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of signals) process.off(name, onSignal);
    },
  };
}
