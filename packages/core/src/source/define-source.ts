import { ConfigurationError } from "../errors.ts";
import type { Resource, Source } from "./resource.ts";

/**
 * Groups resources under one name: one schema, one state.
 *
 * @example
 * ```ts
 * export const shop = defineSource({ name: "shop", resources: [orders, customers] });
 * ```
 * @throws ConfigurationError when two resources share a name, or a parent is missing.
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
  for (const { name: child, parent } of resources) {
    if (parent !== undefined && !names.has(parent.resource)) {
      throw new ConfigurationError(
        `resource "${child}" hangs on "${parent.resource}", which source "${name}" does not have: add it, or correct parent.resource`,
      );
    }
  }
  return {
    name,
    resources,
    ...(options.identity === undefined
      ? {}
      : { identity: (context) => options.identity?.(context) ?? Promise.resolve(undefined) }),
  };
}
