import { compareLoadIds } from "../extract/load-id.ts";
import type { PackageManifest } from "../extract/load-package.ts";
import type { PartitionRecord } from "../source/partition.ts";
import type { Resource } from "../source/resource.ts";
import { staysTogether } from "./refuse-incomplete.ts";

/** Names a partition in the run. */
export function partitionKey(resource: string, partitionId: string): string {
  return JSON.stringify([resource, partitionId]);
}

/**
 * Partitions of a package that a load of a greater id has committed meanwhile, by {@link partitionKey}: older rows must not overwrite
 * newer ones. Of a resource whose partitions stay together a newer load of any of them overtakes all.
 */
export function overtakenPartitions(
  { loadId, partitions }: PackageManifest,
  committed: Iterable<PartitionRecord>,
  resources: ReadonlyMap<string, Resource>,
): ReadonlySet<string> {
  const newer = [...committed].filter((record) => compareLoadIds(record.loadId, loadId) > 0);
  const keys = new Set(newer.map(({ resource, partition }) => partitionKey(resource, partition.id)));
  const whole = new Set(newer.map(({ resource }) => resource).filter((name) => isTogether(resources.get(name))));
  return new Set(
    partitions
      .map(({ resource, partition }) => ({ resource, key: partitionKey(resource, partition.id) }))
      .filter(({ resource, key }) => keys.has(key) || whole.has(resource))
      .map(({ key }) => key),
  );
}

function isTogether(resource: Resource | undefined): boolean {
  return resource !== undefined && staysTogether(resource);
}
