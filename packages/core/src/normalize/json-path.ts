/** Stands for the index of an element; no key can hold it, since keys that are not plain words are written as JSON. */
const anyElement = "[\0]";

/** The path to a member: `$.address.street`, `$["odd key"]`. */
export function memberPath(holder: string, key: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(key) ? `${holder}.${key}` : `${holder}[${JSON.stringify(key)}]`;
}

/** The path to the elements of a list. */
export function elementPath(list: string): string {
  return list + anyElement;
}

/** A path with the index of the element in each list on the way. */
export function pathAt(path: string, indexes: readonly number[]): string {
  let level = 0;
  return path.replaceAll(anyElement, () => `[${indexes[level++] ?? 0}]`);
}
