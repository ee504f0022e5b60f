import { isWeaker } from "../extract/combine-verdicts.ts";
import type { PackageManifest } from "../extract/load-package.ts";
import type { Resource } from "../source/resource.ts";
import { ReplaceRefusedError, RetireRefusedError } from "./load-errors.ts";

/** Why a resource was left out of a load. */
export type IncompleteRefusal = ReplaceRefusedError | RetireRefusedError;

/**
 * Resources of a package that must not be applied, because rows would be destroyed without knowing that all were read. An error says why;
 * without one the reading was cut short, and whoever runs hears of that anyway.
 */
export function refuseIncomplete(
  manifest: PackageManifest,
  resources: ReadonlyMap<string, Resource>,
): Map<string, IncompleteRefusal | undefined> {
  const refused = new Map<string, IncompleteRefusal | undefined>();
  for (const name of new Set(manifest.partitions.map(({ resource }) => resource))) {
    const resource = resources.get(name);
    if (resource === undefined || !staysTogether(resource)) continue;
    const finished = manifest.finishedResources.find((entry) => entry.resource === name);
    if (finished === undefined) {
      refused.set(name, undefined);
    } else if (resource.writeDisposition === "replace" && isWeaker(finished.rows, "proved")) {
      const empty = finished.read === 0;
      if (empty || resource.onIncomplete === "refuse") {
        refused.set(name, new ReplaceRefusedError(name, { ...finished, empty }));
      }
    } else if (retiresUnread(resource) && isWeaker(finished.rows, "proved") && resource.onIncomplete === "refuse") {
      refused.set(name, new RetireRefusedError(name, finished));
    }
  }
  return refused;
}

/** Do rows of one partition decide what becomes of stored rows of another? Then all partitions have to be in one package. */
export function staysTogether({ writeDisposition, mergeKey }: Resource): boolean {
  return (
    writeDisposition === "replace" ||
    mergeKey.length > 0 ||
    (typeof writeDisposition === "object" && writeDisposition.merge === "scd2")
  );
}

/** With a merge key only records that came are looked at. */
function retiresUnread({ writeDisposition, mergeKey }: Resource): boolean {
  return typeof writeDisposition === "object" && writeDisposition.merge === "scd2" && mergeKey.length === 0;
}
