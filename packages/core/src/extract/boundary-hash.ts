import { canonicalJson } from "../scan/canonical-json.ts";
import { digest128 } from "../scan/digest128.ts";

/** How many bytes of the digest dlt keeps since 1.29; before, 15. A stored list may hold either. */
const bytes = 9;
const legacyBytes = 15;

/**
 * What the state remembers of a record whose cursor is the last value: a digest of its key value (a list of them for a compound key), or
 * of the whole record. Times are microseconds since 1970. Recorded: golden suite `system-tables`, kind `boundaryHash`.
 */
export function boundaryHash(value: unknown): string {
  return digest128(canonicalJson(withMicroseconds(value)), bytes);
}

/** Is the value among stored hashes, of today's length or of the one before dlt 1.29? */
export function isKnownAtBoundary(value: unknown, stored: ReadonlySet<string>): boolean {
  if (stored.size === 0) return false;
  if (stored.has(boundaryHash(value))) return true;
  const [first = ""] = stored;
  return first.length > 12 && stored.has(digest128(canonicalJson(value), legacyBytes));
}

function withMicroseconds(value: unknown): unknown {
  if (value instanceof Date) return BigInt(value.getTime()) * 1000n;
  if (Array.isArray(value)) return value.map(withMicroseconds);
  if (value instanceof Map) return new Map([...value].map(([key, member]) => [key, withMicroseconds(member)]));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withMicroseconds(member)]));
}
