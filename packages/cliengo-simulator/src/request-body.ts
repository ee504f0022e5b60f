import { badRequest } from "./api-error.ts";
import { exactNumber, isExactNumber } from "./exact-number.ts";
import type { JsonObject, JsonValue } from "./json-value.ts";

/** What a member of a body may be; `null` is allowed where the name ends with a question mark. */
export type MemberType = "string" | "string?" | "number" | "number?" | "boolean" | "object" | "array" | "any";

type Reviver = (this: unknown, key: string, value: JsonValue, context: { source?: string }) => JsonValue;

// The third argument of a reviver is in V8 since 11.4 and not yet in TypeScript's lib.
const parse = JSON.parse as (text: string, reviver: Reviver) => JsonValue;

/** The body as an object whose numbers keep their spelling; anything else is refused with 400. */
export function parseBody(text: string): JsonObject {
  let value: JsonValue;
  try {
    value = parse(text, (_key, member, { source }) =>
      typeof member === "number" && source !== undefined && source !== String(member) ? exactNumber(source) : member,
    );
  } catch (cause) {
    throw badRequest(`The body is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, "invalid_json");
  }
  if (!isObject(value)) throw badRequest("The body must be a JSON object", "invalid_json");
  return value;
}

/** The members of `body` that `types` names, checked; all others are left out, as a server that does not know them would. */
export function readMembers<K extends string>(
  body: JsonObject,
  types: Readonly<Record<K, MemberType>>,
  required: readonly K[] = [],
): JsonObject {
  const members: Record<string, JsonValue> = {};
  for (const name of required) if (body[name] === undefined) throw badRequest(`${name} is required`, "missing_member");
  for (const [name, type] of Object.entries<MemberType>(types)) {
    const value = body[name];
    if (value === undefined) continue;
    if (!fits(value, type))
      throw badRequest(`${name} must be of type ${type.replace("?", " or null")}`, "invalid_member");
    members[name] = value;
  }
  return members;
}

/** The member as text; 400 when it is missing. */
export function readText(body: JsonObject, name: string): string {
  const value = body[name];
  if (value === undefined) throw badRequest(`${name} is required`, "missing_member");
  if (typeof value !== "string") throw badRequest(`${name} must be of type string`, "invalid_member");
  return value;
}

function fits(value: JsonValue, type: MemberType): boolean {
  if (type === "any") return true;
  if (value === null) return type.endsWith("?");
  switch (type) {
    case "string":
    case "string?":
      return typeof value === "string";
    case "number":
    case "number?":
      return typeof value === "number" || isExactNumber(value);
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
  }
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value);
}
