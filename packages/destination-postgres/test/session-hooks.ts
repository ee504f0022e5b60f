import type { Destination, DestinationSession } from "@typeload/core";

/** Called with what a session is about to be asked for. */
export interface SessionHooks {
  beforeStage?(): Promise<void>;
  beforeCommit?(): Promise<void>;
}

/** A destination whose sessions wait for the hooks first. */
export function withHooks(destination: Destination, hooks: SessionHooks): Destination {
  return {
    ...destination,
    async open(context) {
      return hooked(await destination.open(context), hooks);
    },
  };
}

function hooked(session: DestinationSession, hooks: SessionHooks): DestinationSession {
  return {
    read: (...given) => session.read(...given),
    claim: (...given) => session.claim(...given),
    renew: (...given) => session.renew(...given),
    release: (...given) => session.release(...given),
    prepare: (...given) => session.prepare(...given),
    async stage(...given) {
      await hooks.beforeStage?.();
      return await session.stage(...given);
    },
    async commit(...given) {
      await hooks.beforeCommit?.();
      return await session.commit(...given);
    },
    discard: (...given) => session.discard(...given),
    drop: (...given) => session.drop(...given),
    query: (...given) => session.query(...given),
    [Symbol.asyncDispose]: () => session[Symbol.asyncDispose](),
  };
}
