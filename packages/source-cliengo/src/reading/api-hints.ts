import { fieldHints, secretMembers } from "@typeload/cliengo-sdk";
import type { FieldHint } from "@typeload/core";

/** What every resource takes from the description of the API: the types of its members, and which members hold secrets. */
export function apiHints(resource: keyof typeof fieldHints): {
  readonly fieldHints: readonly FieldHint[];
  readonly secretFields: readonly string[];
} {
  return {
    fieldHints: fieldHints[resource].map(({ path, type }) => ({ path, dataType: type })),
    secretFields: secretMembers,
  };
}
