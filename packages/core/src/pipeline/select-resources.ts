import { ConfigurationError } from "../errors.ts";
import type { Resource, Source } from "../source/resource.ts";

/**
 * The resources of a run, parents before children, else in the order of the source.
 *
 * @throws ConfigurationError for a name that the source does not have, for a child without its parent, and for parents in a circle.
 */
export function selectResources(source: Source, names: readonly string[] | undefined): readonly Resource[] {
  const byName = new Map(source.resources.map((resource) => [resource.name, resource]));
  for (const name of names ?? []) {
    if (byName.has(name)) continue;
    throw new ConfigurationError(
      `source "${source.name}" has no resource "${name}": it has ${[...byName.keys()].map((known) => `"${known}"`).join(", ")}`,
    );
  }
  const wanted = new Set(names ?? source.resources.filter(({ selected }) => selected).map(({ name }) => name));
  if (wanted.size === 0) {
    throw new ConfigurationError(`nothing to load from source "${source.name}": name at least one resource`);
  }
  const ordered = new Map<string, Resource>();
  for (const name of byName.keys()) if (wanted.has(name)) add(name, []);
  return [...ordered.values()];

  function add(name: string, children: readonly string[]): void {
    if (ordered.has(name)) return;
    if (children.includes(name)) {
      throw new ConfigurationError(`resources hang on each other in a circle: ${[...children, name].join(" → ")}`);
    }
    const resource = byName.get(name);
    if (resource === undefined) return;
    const { parent } = resource;
    if (parent !== undefined) {
      if (!wanted.has(parent.resource)) {
        throw new ConfigurationError(
          `resource "${name}" is read for each record of "${parent.resource}", which this run does not load: ` +
            `add it, resources: ["${parent.resource}", "${name}"]`,
        );
      }
      add(parent.resource, [...children, name]);
    }
    ordered.set(name, resource);
  }
}
