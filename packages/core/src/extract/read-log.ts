import { open } from "node:fs/promises";
import { decodeFrame, frameOverhead, frameRest, type LogFrame } from "./log-frame.ts";

/** A frame with the bytes it was read from, and where it ends in the file. */
export interface ReadFrame {
  readonly frame: LogFrame;
  readonly raw: readonly Uint8Array[];
  readonly end: number;
}

/**
 * Reads a log from its beginning, frame by frame, and stops at the first one that is incomplete or whose checksum does not hold.
 * Whoever reads sees by `end` of the last frame whether that was the end of the file.
 */
export async function* readLog(path: string, signal: AbortSignal): AsyncGenerator<ReadFrame, void, undefined> {
  await using handle = await open(path, "r");
  const { size } = await handle.stat();
  let position = 0;
  for (;;) {
    signal.throwIfAborted();
    const start = await readExactly(position, frameOverhead);
    const rest = start === undefined ? undefined : frameRest(start);
    if (start === undefined || rest === undefined) return;
    const tail = await readExactly(position + frameOverhead, rest.header + rest.body);
    if (tail === undefined) return;
    const frame = decodeFrame(start, tail.subarray(0, rest.header), tail.subarray(rest.header));
    if (frame === undefined) return;
    position += frameOverhead + rest.header + rest.body;
    yield { frame, raw: [start, tail], end: position };
  }

  async function readExactly(from: number, length: number): Promise<Uint8Array | undefined> {
    // Before anything is reserved: a torn frame may claim any length.
    if (from + length > size) return undefined;
    const bytes = new Uint8Array(length);
    for (let done = 0; done < length;) {
      const { bytesRead } = await handle.read(bytes, done, length - done, from + done);
      if (bytesRead === 0) return undefined;
      done += bytesRead;
    }
    return bytes;
  }
}
