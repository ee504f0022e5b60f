/** A source that is read through, and what became of it. */
export interface WatchedSource<T> {
  readonly items: AsyncGenerator<T, void>;
  /** What the source itself threw. An engine that reads `items` would call it an error of its own. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** Passes items on. On abort it ends at once with the signal's reason, whatever the source waits for. */
export function watchSource<T>(source: AsyncIterable<T> | Iterable<T>, signal: AbortSignal): WatchedSource<T> {
  let failure: WatchedSource<T>["failure"];
  async function* items(): AsyncGenerator<T, void> {
    signal.throwIfAborted();
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    aborted.catch(() => {});
    const stop = (): void => reject(signal.reason);
    signal.addEventListener("abort", stop, { once: true });
    const iterator = (async function* () {
      yield* source;
    })();
    try {
      for (;;) {
        const next = iterator.next();
        next.catch((error: unknown) => {
          failure = { error };
        });
        const result = await Promise.race([next, aborted]);
        if (result.done === true) return;
        yield result.value;
      }
    } finally {
      signal.removeEventListener("abort", stop);
      const ended = iterator.return(undefined);
      // It would wait for what the source waits for.
      if (signal.aborted) ended.catch(() => {});
      else await ended;
    }
  }
  return {
    items: items(),
    get failure() {
      return failure;
    },
  };
}
