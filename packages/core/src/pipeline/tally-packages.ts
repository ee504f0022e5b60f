import type { PackageManifest } from "../extract/load-package.ts";
import type { ResourceTally } from "../extract/resource-tally.ts";

/** Counts of a run that read nothing, from what earlier ones have read. */
export function tallyPackages(
  manifests: readonly PackageManifest[],
  tallies: ReadonlyMap<string, ResourceTally>,
): void {
  for (const { partitions, finishedResources } of manifests) {
    for (const { resource, partition, verdict, pages } of partitions) {
      const tally = tallies.get(resource);
      tally?.planned.push(partition);
      tally?.partition(partition, verdict);
      if (tally !== undefined) {
        tally.pages += pages;
        tally.records += verdict.read ?? 0;
      }
    }
    for (const { resource } of finishedResources) {
      const tally = tallies.get(resource);
      if (tally !== undefined) tally.finished = true;
    }
  }
}
