import { JsonNumber } from "../scan/json-number.ts";
import { canonicalJson } from "../scan/canonical-json.ts";
import { jsonText } from "../scan/json-text.ts";
import { parseLossless } from "../scan/parse-lossless.ts";
import { objectOf } from "../schema/stored-object.ts";
import { YieldedValueError } from "./extract-errors.ts";
import type { StoredCursor } from "./cursor-window.ts";
import { type ResourceState, ownMembers, withCursor } from "./resource-state.ts";

/**
 * The state of one resource during a run. Each partition reads and changes a copy of its own; what it changed joins the others when the
 * partition is logged, in plan order, so that the same input gives the same state however many are read at once.
 */
export class StateKeeper {
  readonly #before: Readonly<Record<string, unknown>>;
  #state: ResourceState;
  #text: string;

  /** @param state as committed when the run began */
  constructor(state: ResourceState) {
    this.#before = ownMembers(state);
    this.#state = state;
    this.#text = canonicalJson(state);
  }

  get state(): ResourceState {
    return this.#state;
  }

  /** The copy for one partition. */
  lend(): Record<string, unknown> {
    return { ...objectOf(parseLossless(jsonText(this.#before))) };
  }

  /**
   * Takes what a partition left. Gives the state of the resource as JSON when it changed by that.
   *
   * @throws YieldedValueError for what JSON cannot hold
   */
  take(
    lent: Readonly<Record<string, unknown>>,
    cursor?: { readonly path: string; readonly stored: StoredCursor },
  ): string | undefined {
    const next: Record<string, unknown> = { ...this.#state };
    let changed = cursor !== undefined;
    for (const name of new Set([...Object.keys(this.#before), ...Object.keys(lent)])) {
      const value = lent[name];
      if (textOf(name, value) === textOf(name, this.#before[name])) continue;
      changed = true;
      if (value === undefined) Reflect.deleteProperty(next, name);
      else next[name] = value;
    }
    // Most resources remember nothing, and have thousands of partitions.
    if (!changed) return undefined;
    this.#state = cursor === undefined ? next : withCursor(next, cursor.path, cursor.stored);
    const text = canonicalJson(this.#state);
    if (text === this.#text) return undefined;
    this.#text = text;
    return text;
  }
}

function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const stranger = notJson(value);
  if (stranger === undefined) return canonicalJson(value);
  throw new YieldedValueError(
    `it put ${stranger} into state.${name}, which JSON cannot hold: keep texts, numbers, lists and plain objects there`,
  );
}

/** What of a value JSON has no form for. */
function notJson(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "bigint" || value === null)
    return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : String(value);
  if (typeof value !== "object") return `a value of type ${typeof value}`;
  if (depth > 100) return "something that is nested without end";
  if (value instanceof JsonNumber) return undefined;
  const members: readonly unknown[] | undefined = Array.isArray(value)
    ? value
    : value instanceof Map
      ? [...value.values()]
      : Object.getPrototypeOf(value) === Object.prototype
        ? Object.values(value)
        : undefined;
  if (members === undefined) return `an object of class ${value.constructor.name}`;
  for (const member of members) {
    const found = notJson(member, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
