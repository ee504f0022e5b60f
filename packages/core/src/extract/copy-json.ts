import type { JsonValue } from "../source/json-value.ts";

const maximumDepth = 100;

/**
 * A copy of a value that JSON keeps as it is. Members that are undefined are left out.
 *
 * @param problem makes the error for a value that JSON would change or not take (bigint, Date, NaN, an instance of a class, a cycle)
 */
export function copyJson(
  value: unknown,
  problem: (what: string, path: string) => Error,
  path = "",
  depth = 0,
): JsonValue {
  if (depth > maximumDepth) throw problem(`more than ${maximumDepth} levels`, "");
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      if (Number.isFinite(value)) return value;
      throw problem(String(value), path);
    case "object":
      if (value === null) return null;
      break;
    default:
      throw problem(value === undefined ? "undefined" : `a ${typeof value}`, path);
  }
  if (Array.isArray(value)) {
    return value.map((element, index) => copyJson(element, problem, `${path}[${index}]`, depth + 1));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw problem(`an object of class ${value.constructor.name}`, path);
  }
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.map(([key, member]) => [key, copyJson(member, problem, path === "" ? key : `${path}.${key}`, depth + 1)]),
  );
}
