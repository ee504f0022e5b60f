import { ConfigurationError } from "../errors.ts";

/** A member, a place in a list, or every element. */
type Step = string | number | typeof every;

const every = Symbol("every");

/**
 * Reads a value out of a record by a JSONPath of the kinds that cursors need: members (`a.b`, `'a key'`, `$.a`, `["a key"]`), places in
 * lists (`[0]`), and every element (`[*]`, of which the first value counts, as in dlt).
 *
 * @throws ConfigurationError for a path that is none of these
 */
export function memberPath(path: string): (record: unknown) => { readonly value: unknown } | undefined {
  const steps = parsePath(path);
  return (record) => find(record, steps, 0);
}

const token = /\.?(?:\[(?:(\d+)|(\*)|'([^']*)'|"([^"]*)")\]|'([^']*)'|"([^"]*)"|(\*)|([^.[\]'"*\s]+))/y;

function parsePath(path: string): readonly Step[] {
  const steps: Step[] = [];
  token.lastIndex = path.startsWith("$") ? 1 : 0;
  while (token.lastIndex < path.length) {
    const at = token.lastIndex;
    const match = token.exec(path);
    if (match === null) {
      throw new ConfigurationError(
        `${JSON.stringify(path)} is no path to a member: ${JSON.stringify(path.slice(at))} is not understood. Use a.b, 'a key', a[0] or a[*]`,
      );
    }
    const [, index, listStar, ...names] = match;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(listStar === undefined ? (names.find((name) => name !== undefined) ?? every) : every);
  }
  if (steps.length === 0) throw new ConfigurationError(`${JSON.stringify(path)} is no path to a member: it is empty`);
  return steps;
}

/** The first match; a member that is not there is no match, null is one. */
function find(value: unknown, steps: readonly Step[], at: number): { readonly value: unknown } | undefined {
  const step = steps[at];
  if (step === undefined) return { value };
  if (step === every) {
    const elements: readonly unknown[] = Array.isArray(value) ? value : membersOf(value);
    for (const element of elements) {
      const found = find(element, steps, at + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof step === "number")
    return Array.isArray(value) && step < value.length ? find(value[step], steps, at + 1) : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Map) return value.has(step) ? find(value.get(step), steps, at + 1) : undefined;
  return Object.hasOwn(value, step) ? find(Reflect.get(value, step), steps, at + 1) : undefined;
}

function membersOf(value: unknown): readonly unknown[] {
  if (value instanceof Map) return [...value.values()];
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
