/** Settles as `promise` does, or rejects with the signal's reason: also where what makes the promise ignores the signal. */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise<T>((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    // Both handlers are always attached, so that a late rejection is never an unhandled one.
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
