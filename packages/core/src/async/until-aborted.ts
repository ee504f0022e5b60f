/**
 * Waits for `work`, but not longer than the signal allows: code that does not listen to the signal cannot hold a run back. What `work`
 * comes to afterwards is ignored.
 */
export async function untilAborted<T>(work: PromiseLike<T> | T, signal: AbortSignal): Promise<T> {
  const result = Promise.resolve(work);
  result.catch(() => {});
  signal.throwIfAborted();
  let stop: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    // The reason is whatever the caller aborted with.
    stop = () => reject(signal.reason as Error);
    signal.addEventListener("abort", stop, { once: true });
  });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    if (stop !== undefined) signal.removeEventListener("abort", stop);
  }
}
