import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { CutBodyFault, HangFault, ResetFault, SlowBodyFault } from "./fault.ts";

/** A fault that needs the connection itself. */
export type WireFault = CutBodyFault | HangFault | ResetFault | SlowBodyFault;

/** Sends an answer whose headers are right and whose body comes slowly, in part, or never ends. */
export async function sendBroken(
  response: ServerResponse,
  head: { status: number; headers: OutgoingHttpHeaders },
  body: Buffer,
  fault: WireFault,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(head.status, { ...head.headers, "content-length": body.length });
  if (fault.kind === "slow-body") {
    await sendSlowly(response, body, fault, signal);
    return;
  }
  // At least one byte is missing, or nothing would be broken.
  const bytes = Math.max(0, Math.min(fault.afterBytes ?? Math.floor(body.length / 2), body.length - 1));
  response.flushHeaders();
  await new Promise<void>((resolve) => {
    if (bytes === 0) resolve();
    else response.write(body.subarray(0, bytes), () => resolve());
  });
  if (fault.kind === "hang") return;
  // What was written must leave before the reset overtakes it.
  await wait(5, undefined, { signal }).catch(() => undefined);
  // The request's: an answer that stands in line behind another one has no socket yet.
  const { socket } = response.req;
  if (fault.kind === "reset") socket.resetAndDestroy();
  else socket.destroySoon();
}

async function sendSlowly(
  response: ServerResponse,
  body: Buffer,
  fault: SlowBodyFault,
  signal: AbortSignal,
): Promise<void> {
  const { bytesPerChunk = 256, millisecondsPerChunk = 20 } = fault;
  for (let sent = 0; sent < body.length; sent += bytesPerChunk) {
    if (response.destroyed) return;
    response.write(body.subarray(sent, sent + bytesPerChunk));
    try {
      await wait(millisecondsPerChunk, undefined, { signal });
    } catch {
      // The simulator closes: so does the connection.
      response.destroy();
      return;
    }
  }
  response.end();
}
