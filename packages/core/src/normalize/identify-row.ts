import { digest128 } from "../scan/digest128.ts";
import { canonicalJson } from "../scan/canonical-json.ts";

/** The id of a row of a list: made of its parent's id, the child table and its place, so the same list gives the same ids. */
export function childRowId(parentId: string, table: string, index: number): string {
  return digest128(`${parentId}_${table}_${index}`);
}

/** The id of a row with a key, as dlt's upsert makes it: the hash of `{column: value}` in canonical JSON. */
export function keyRowId(key: readonly (readonly [column: string, value: unknown])[]): string {
  return digest128(canonicalJson(new Map(key)));
}

/** The id of a row without a key: what it hangs on, its content, and its number among equal ones. */
export function contentRowId(parent: string, content: string, occurrence: number): string {
  return digest128(JSON.stringify([parent, content, occurrence]));
}

/** The part of an id that all rows of one load and table share; see {@link ordinalRowId}. */
export function ordinalPrefix(loadId: string, table: string): string {
  return digest128(JSON.stringify([loadId, table]), 6);
}

/** The id of the n-th row of a load and table: eight characters of the prefix, six that count. Unique up to 2^36 rows. */
export function ordinalRowId(prefix: string, ordinal: number): string {
  let count = "";
  for (let rest = ordinal, place = 0; place < 6; place += 1, rest = Math.floor(rest / 64)) {
    count = alphabet.charAt(rest % 64) + count;
  }
  return prefix + count;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
