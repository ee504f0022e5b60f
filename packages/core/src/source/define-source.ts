import { ConfigurationError } from "../errors.ts";
import type { Resource, Source } from "./resource.ts";

/**
 * Groups resources under one name: one schema, one state.
 *
 * @example
 * ```ts
 * export const shop = defineSource({ name: "shop", resources: [orders, customers] });
 * ```
 * @throws ConfigurationError when two resources share a name, a parent is missing, or a child wants a secret field of its parent.
 */
export function defineSource<const R extends readonly Resource[]>(options: {
  readonly name: string;
  readonly resources: R;
  /** See {@link Source.identity}. */
  identity?(context: { readonly signal: AbortSignal }): Promise<string | undefined>;
}): Source<R[number]> {
  const { name, resources } = options;
  if (name.trim() === "") throw new ConfigurationError("a source needs a name: defineSource({ name: … })");
  const names = new Set<string>();
  for (const resource of resources) {
    if (names.has(resource.name)) {
      throw new ConfigurationError(
        `source "${name}" has two resources named "${resource.name}": give one of them another name`,
      );
    }
    names.add(resource.name);
  }
  for (const resource of resources) checkParent(name, resource, resources);
  return {
    name,
    resources,
    ...(options.identity === undefined ? {} : { identity: options.identity.bind(options) }),
  };
}

function checkParent(source: string, { name, parent }: Resource, resources: readonly Resource[]): void {
  if (parent === undefined) return;
  const found = resources.find((resource) => resource.name === parent.resource);
  if (found === undefined) {
    throw new ConfigurationError(
      `resource "${name}" hangs on "${parent.resource}", which source "${source}" does not have: add it, or correct parent.resource`,
    );
  }
  const secret = parent.fields.find((field) => found.secretFields.includes(field));
  if (secret !== undefined) {
    throw new ConfigurationError(
      `resource "${name}" wants field "${secret}" of "${found.name}", which is one of its secretFields: they are blanked before anything ` +
        "is written to disk, so children never get them. Take it out of parent.fields, and ask the API for it in read",
    );
  }
}
