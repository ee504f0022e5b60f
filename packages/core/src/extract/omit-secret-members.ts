import type { JsonValue } from "../source/json-value.ts";

/** The fields of a page without members of these names, at any depth. */
export function omitSecretMembers(
  fields: Readonly<Record<string, JsonValue>>,
  names: ReadonlySet<string>,
): Readonly<Record<string, JsonValue>> {
  if (names.size === 0) return fields;
  // JSON already, or written as JSON with the page; a member that is undefined is left out.
  return JSON.parse(JSON.stringify(fields, (key, value: unknown) => (names.has(key) ? undefined : value))) as Readonly<
    Record<string, JsonValue>
  >;
}
