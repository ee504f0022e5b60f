import { untilAborted } from "../async/until-aborted.ts";
import type { Destination, DestinationSession, OpenContext } from "./destination.ts";

/** Opens a session, but waits no longer than the signal allows: one that comes too late is closed. */
export async function openSession(destination: Destination, context: OpenContext): Promise<DestinationSession> {
  const opening = destination.open(context);
  try {
    return await untilAborted(opening, context.signal);
  } catch (error) {
    opening.then((late) => late[Symbol.asyncDispose]()).catch(() => {});
    throw error;
  }
}
