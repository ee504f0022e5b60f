import type { LoggedPage, PackageManifest } from "../extract/load-package.ts";
import type { PartitionRecord } from "../source/partition.ts";
import type { Resource } from "../source/resource.ts";
import { overtakenPartitions, partitionKey } from "./overtaken-partitions.ts";
import { type IncompleteRefusal, refuseIncomplete } from "./refuse-incomplete.ts";

/** Which part of a package may be loaded. */
export interface PackagePart {
  /** Resources that are left out, because rows would be destroyed. */
  readonly refused: ReadonlyMap<string, IncompleteRefusal | undefined>;
  /** How many partitions of a resource are left out, because newer rows are stored. */
  readonly overtaken: ReadonlyMap<string, number>;
  /** What is loaded. */
  readonly partitions: readonly PartitionRecord[];
  leavesOut(page: Pick<LoggedPage, "resource" | "partition">): boolean;
}

/** @param committed partitions that are committed, by whatever load */
export function partOfPackage(
  manifest: PackageManifest,
  committed: Iterable<PartitionRecord>,
  resources: ReadonlyMap<string, Resource>,
): PackagePart {
  const refused = refuseIncomplete(manifest, resources);
  const newer = overtakenPartitions(manifest, committed, resources);
  const isNewer = (resource: string, id: string): boolean => newer.has(partitionKey(resource, id));
  const overtaken = new Map<string, number>();
  const partitions: PartitionRecord[] = [];
  for (const { resource, partition, verdict } of manifest.partitions) {
    if (isNewer(resource, partition.id)) overtaken.set(resource, (overtaken.get(resource) ?? 0) + 1);
    else if (!refused.has(resource))
      partitions.push({ resource, partition, verdict, runId: manifest.runId, loadId: manifest.loadId });
  }
  for (const resource of overtaken.keys()) refused.delete(resource);
  const leavesOut: PackagePart["leavesOut"] = ({ resource, partition }) =>
    refused.has(resource) || isNewer(resource, partition);
  return { refused, overtaken, partitions, leavesOut };
}
