import type { Destination, DestinationSession, RowBatch, StagePart } from "@typeload/core";

/** Another way to do some of a session's methods; each gets the right one to build on. */
export interface SessionChanges {
  readonly read?: (inner: DestinationSession) => DestinationSession["read"];
  readonly claim?: (inner: DestinationSession) => DestinationSession["claim"];
  readonly renew?: (inner: DestinationSession) => DestinationSession["renew"];
  readonly prepare?: (inner: DestinationSession) => DestinationSession["prepare"];
  /** Batches come as a list here: all of a part. */
  readonly stage?: (
    inner: DestinationSession,
  ) => (part: StagePart, batches: readonly RowBatch[], signal: AbortSignal) => ReturnType<DestinationSession["stage"]>;
  readonly commit?: (inner: DestinationSession) => DestinationSession["commit"];
  readonly discard?: (inner: DestinationSession) => DestinationSession["discard"];
  readonly release?: (inner: DestinationSession) => DestinationSession["release"];
}

/** The destination with some methods of its sessions done differently. */
export function wrapDestination(destination: Destination, changes: SessionChanges): Destination {
  return {
    ...destination,
    open: async (context) => wrapSession(await destination.open(context), changes),
  };
}

function wrapSession(inner: DestinationSession, changes: SessionChanges): DestinationSession {
  return {
    read: changes.read?.(inner) ?? ((...given) => inner.read(...given)),
    claim: changes.claim?.(inner) ?? ((...given) => inner.claim(...given)),
    renew: changes.renew?.(inner) ?? ((...given) => inner.renew(...given)),
    release: changes.release?.(inner) ?? ((...given) => inner.release(...given)),
    prepare: changes.prepare?.(inner) ?? ((...given) => inner.prepare(...given)),
    async stage(part, batches, signal) {
      if (changes.stage === undefined) return inner.stage(part, batches, signal);
      const all: RowBatch[] = [];
      for await (const batch of batches) all.push(batch);
      return changes.stage(inner)(part, all, signal);
    },
    commit: changes.commit?.(inner) ?? ((...given) => inner.commit(...given)),
    discard: changes.discard?.(inner) ?? ((...given) => inner.discard(...given)),
    drop: (...given) => inner.drop(...given),
    query: (...given) => inner.query(...given),
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  };
}
