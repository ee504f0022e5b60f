/** An object of a stored schema or state, before it is understood. */
export type StoredObject = Readonly<Record<string, unknown>>;

/** The value when it is an object, else an empty one. */
export function objectOf(value: unknown): StoredObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as StoredObject) : {}; // just checked
}
