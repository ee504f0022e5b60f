/** An object of a stored schema or state, before it is understood. */
export type StoredObject = Readonly<Record<string, unknown>>;

/** The value when it is an object, else an empty one. */
export function objectOf(value: unknown): StoredObject {
  // Objects with keys that JavaScript would reorder are maps.
  if (value instanceof Map) return Object.fromEntries(value);
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as StoredObject) : {}; // just checked
}
