import { ConfigurationError } from "../errors.ts";
import type { Resource } from "./resource.ts";

/** One step of a transform, as plain data and functions. Run when a package is normalized, so that a replay runs it again. */
export type TransformStep =
  | { readonly kind: "map"; readonly name: string; readonly apply: (record: never) => unknown }
  | { readonly kind: "filter"; readonly name: string; readonly apply: (record: never) => boolean }
  | { readonly kind: "expand"; readonly name: string; readonly apply: (record: never) => Iterable<unknown> }
  | { readonly kind: "rename"; readonly name: string; readonly names: ReadonlyMap<string, string> }
  | { readonly kind: "drop"; readonly name: string; readonly members: ReadonlySet<string> }
  | {
      readonly kind: "mask";
      readonly name: string;
      readonly paths: readonly (readonly string[])[];
      readonly key: MaskKey;
    };

/** Keeps the key of a mask out of everything that prints objects. */
export class MaskKey {
  readonly #key: string;

  constructor(key: string) {
    this.#key = key;
  }

  /** For the digest alone. */
  reveal(): string {
    return this.#key;
  }
}

/** Records on their way to rows. Every step gives new records; none changes those it gets. */
export interface Records<R> {
  /**
   * Makes another record of each. `name` says what for: it stands in errors, in load packages, and a replay is refused without it.
   * Numbers come as JavaScript numbers where that is the same number (`1.0` is 1), else as `bigint` or `JsonNumber`.
   */
  map<T extends object>(name: string, apply: (record: R) => T): Records<T>;
  /** Leaves out records for which `apply` gives `false`. The others stay as the API sent them, digit for digit. */
  filter(name: string, apply: (record: R) => boolean): Records<R>;
  /** Makes several records of each, or none. */
  expand<T extends object>(name: string, apply: (record: R) => Iterable<T>): Records<T>;
  /** Gives top-level members other names. A key that is renamed stays the key. */
  rename<const M extends { readonly [K in keyof R]?: string }>(names: M): Records<Renamed<R, M>>;
  /** Leaves out top-level members. Refused for keys. */
  drop<K extends Extract<keyof R, string>>(...members: readonly K[]): Records<Omit<R, K>>;
  /**
   * Replaces values by their keyed digest (HMAC-SHA-256, 22 characters of base64url): equal values have equal digests, so joins survive, and
   * nobody without the key can try values out. Null stays null; a text and a number of the same digits have the same digest. Paths go through
   * objects and lists: `address.phone`. Refused for keys. The page log on disk holds the values until the commit.
   *
   * @param options `key`: at least 16 characters, the same in every run; keep it with your other secrets.
   */
  mask(paths: readonly MemberPath<R>[], options: { readonly key: string }): Records<R>;
}

/** A record type with some members under other names. */
export type Renamed<R, M> = {
  [K in keyof R as K extends keyof M ? (M[K] extends string ? M[K] : K) : K]: R[K];
};

/** A top-level member, or a path that begins with one. */
export type MemberPath<R> = Extract<keyof R, string> | `${Extract<keyof R, string>}.${string}`;

/**
 * A resource whose records go through steps before they become rows: map, filter, expand, rename, drop, mask. Cursor, schema (`record`)
 * and children of the resource see the records as they came.
 *
 * @example
 * ```ts
 * const paid = transform(orders, (records) =>
 *   records.filter("paid ones", ({ paid }) => paid).drop("notes").mask(["email"], { key: process.env["MASK_KEY"] ?? "" }),
 * );
 * ```
 * @throws ConfigurationError when a key or the cursor would be masked or dropped, when two steps have one name, and for a key that is too short.
 */
export function transform<const Name extends string, R, T>(
  resource: Resource<Name, R>,
  steps: (records: Records<R>) => Records<T>,
): Resource<Name, T> {
  const builder = new StepBuilder(resource);
  steps(builder as unknown as Records<R>); // its methods are those of Records, for any R
  const { read } = resource;
  return {
    ...builder.resource,
    transforms: [...(resource.transforms ?? []), ...builder.steps],
    // What `read` yields becomes T by the steps.
    read: read as unknown as Resource<Name, T>["read"],
  };
}

const shortestKey = 16;

class StepBuilder<Name extends string> {
  readonly steps: TransformStep[] = [];
  resource: Resource<Name>;

  constructor(resource: Resource<Name>) {
    this.resource = resource;
  }

  map(name: string, apply: (record: never) => unknown): this {
    return this.#add({ kind: "map", name, apply });
  }

  filter(name: string, apply: (record: never) => boolean): this {
    return this.#add({ kind: "filter", name, apply });
  }

  expand(name: string, apply: (record: never) => Iterable<unknown>): this {
    return this.#add({ kind: "expand", name, apply });
  }

  rename(names: Readonly<Record<string, string>>): this {
    const renamed = new Map(Object.entries(names));
    const { primaryKey, mergeKey, columns, fieldHints } = this.resource;
    const nameOf = (member: string): string => renamed.get(member) ?? member;
    this.resource = {
      ...this.resource,
      primaryKey: primaryKey.map(nameOf),
      mergeKey: mergeKey.map(nameOf),
      columns: Object.fromEntries(Object.entries(columns).map(([column, hint]) => [nameOf(column), hint])),
      fieldHints: fieldHints.map((hint) => {
        const [first = "", ...rest] = hint.path;
        return { ...hint, path: [nameOf(first), ...rest] };
      }),
    };
    const name = `rename ${[...renamed].map(([from, to]) => `${from} to ${to}`).join(", ")}`;
    return this.#add({ kind: "rename", name, names: renamed });
  }

  drop(...members: readonly string[]): this {
    this.#refuseKeys("dropped", members);
    return this.#add({ kind: "drop", name: `drop ${members.join(", ")}`, members: new Set(members) });
  }

  mask(paths: readonly string[], { key }: { readonly key: string }): this {
    if (typeof key !== "string" || key.length < shortestKey) {
      throw new ConfigurationError(
        `resource "${this.resource.name}": the key of a mask needs at least ${shortestKey} characters, or its values can be guessed`,
      );
    }
    this.#refuseKeys("masked", paths);
    const steps = paths.map((path) => path.split("."));
    const { columns, fieldHints } = this.resource;
    // The type that was said is that of the value.
    this.resource = {
      ...this.resource,
      columns: Object.fromEntries(Object.entries(columns).filter(([column]) => !paths.includes(column))),
      fieldHints: fieldHints.filter(
        ({ path }) => !steps.some((masked) => masked.every((step, at) => step === path[at])),
      ),
    };
    return this.#add({ kind: "mask", name: `mask ${paths.join(", ")}`, paths: steps, key: new MaskKey(key) });
  }

  #add(step: TransformStep): this {
    if ([...(this.resource.transforms ?? []), ...this.steps].some(({ name }) => name === step.name))
      throw new ConfigurationError(
        `resource "${this.resource.name}": two transforms are called "${step.name}": packages know them by name`,
      );
    this.steps.push(step);
    return this;
  }

  #refuseKeys(what: string, members: readonly string[]): void {
    const { name, primaryKey, mergeKey, incremental } = this.resource;
    const keys = new Set([...primaryKey, ...mergeKey]);
    const key = members.find((member) => keys.has(member) || member === incremental?.cursor);
    if (key !== undefined)
      throw new ConfigurationError(
        `resource "${name}": "${key}" cannot be ${what}: it is a key or the cursor, and rows are found by it`,
      );
  }
}
