import { hashOf, streamOf } from "./random.ts";

const checkStream = streamOf("id-check");

/**
 * The id of a record: 24 hexadecimal characters that look like a MongoDB ObjectId. The first eight are the second
 * of creation, the next ten tell seed, kind and parent apart, the last six hide the index. So an id is made and
 * found again without a table of all ids.
 */
export function objectId(seed: number, stream: number, index: number, created: number, parent = 0): string {
  const seconds = Math.floor(created / 1000) >>> 0;
  const family = hashOf(seed, stream, parent, 1);
  const check = hashOf(seed, checkStream, index, family) & 0xff;
  const hidden = (index ^ (hashOf(seed, stream, parent, 2) & 0xffffff)) & 0xffffff;
  return hex(seconds, 8) + hex(family, 8) + hex(check, 2) + hex(hidden, 6);
}

/** The index that {@link objectId} put into `id`, not yet proved: the caller makes the id again and compares. */
export function indexInObjectId(seed: number, stream: number, id: string, parent = 0): number | undefined {
  if (!/^[0-9a-f]{24}$/.test(id)) return undefined;
  return Number.parseInt(id.slice(18), 16) ^ (hashOf(seed, stream, parent, 2) & 0xffffff);
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
