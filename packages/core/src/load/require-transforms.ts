import type { PackageManifest } from "../extract/load-package.ts";
import { TransformMissingError } from "../normalize/normalize-errors.ts";
import type { Resource } from "../source/resource.ts";

/**
 * Steps that came later may be there; those that the package was read for have to be.
 *
 * @throws TransformMissingError
 */
export function requireTransforms(
  { loadId, transforms = {} }: PackageManifest,
  resources: ReadonlyMap<string, Resource>,
): void {
  for (const [resource, names] of Object.entries(transforms)) {
    const known = new Set(resources.get(resource)?.transforms?.map(({ name }) => name));
    const missing = names.filter((name) => !known.has(name));
    if (missing.length > 0) throw new TransformMissingError(loadId, resource, missing);
  }
}
