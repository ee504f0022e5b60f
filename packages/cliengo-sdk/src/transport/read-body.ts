import { untilAborted } from "./until-aborted.ts";

/** A body read to its end, or as far as its cap. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  /** The body has more bytes than allowed; reading was stopped. */
  readonly exceeded: boolean;
}

/** No body. */
export const emptyBody: ReadBody = { bytes: new Uint8Array(0), exceeded: false };

/** Reads a body into one array, decompressed by `fetch`. At most `cap` bytes are kept in memory. */
export async function readBody(response: Response, cap: number, signal: AbortSignal): Promise<ReadBody> {
  if (response.body === null) return emptyBody;
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await untilAborted(reader.read(), signal);
      if (done) break;
      chunks.push(value);
      size += value.byteLength;
      if (size > cap) return { bytes: join(chunks, size), exceeded: true };
    }
    return { bytes: join(chunks, size), exceeded: false };
  } finally {
    // Frees the connection where reading stopped early; after the end it does nothing. A failure here says nothing new.
    reader.cancel().catch(() => undefined);
  }
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
