import type { StoredDataset } from "../destination/stored-dataset.ts";
import type { PackageManifest, PackageStore } from "../extract/load-package.ts";
import type { LoadedPackage } from "../load/loaded-package.ts";
import type { PackageLoader } from "../load/package-loader.ts";
import { partitionKey } from "../load/overtaken-partitions.ts";
import { isUnloadable } from "../load/unloadable.ts";
import type { PartitionRecord } from "../source/partition.ts";
import type { EventSink } from "./event-sink.ts";
import type { ReportBuilder } from "./report-builder.ts";
import type { RunSignals } from "./run-signals.ts";
import { tellLoaded } from "./tell-loaded.ts";

/** What {@link resumePackages} works with. */
export interface ResumeOptions {
  /** Packages that an earlier run of this pipeline left on disk, oldest first. */
  readonly pending: readonly PackageManifest[];
  /** `replayed`: packages that were kept; none of them is set aside. */
  readonly origin: "resumed" | "replayed";
  readonly stored: StoredDataset;
  readonly store: Pick<PackageStore, "setAside">;
  readonly loader: PackageLoader;
  readonly signals: RunSignals;
  readonly report: ReportBuilder;
  readonly events: EventSink;
}

/**
 * Loads what an earlier run has read and not committed; what it had committed is only removed, and what can never be loaded is set aside,
 * to be read again. Gives all partitions that are committed now.
 */
export async function resumePackages(options: ResumeOptions): Promise<readonly PartitionRecord[]> {
  const { pending, origin, stored, store, loader, signals, report, events } = options;
  const committed = new Map(stored.partitions.map((record) => [keyOf(record), record]));
  for (const manifest of pending) report.package(manifest, origin);
  for (const manifest of pending) {
    const { loadId, partitions, pages } = manifest;
    signals.read.throwIfAborted();
    events.emit({ type: `package-${origin}`, loadId, partitions: partitions.length, pages });
    if (stored.finishedLoads.has(loadId)) {
      report.alreadyCommitted(manifest, origin);
      for (const note of await loader.remove(manifest)) {
        report.note(note);
        events.emit({ type: "resource-noted", ...note });
      }
      continue;
    }
    const loaded = await loadOrSetAside(manifest);
    if (loaded === undefined) continue;
    report.loaded(loaded, origin);
    tellLoaded(loaded, events);
    for (const record of loaded.partitions) committed.set(keyOf(record), record);
  }
  return [...committed.values()];

  async function loadOrSetAside(manifest: PackageManifest): Promise<LoadedPackage | undefined> {
    const { loadId } = manifest;
    try {
      const loading = loader.load(manifest, signals.load, committed.values());
      return await report.unlessUnknown(manifest, origin, loading);
    } catch (error) {
      if (!isUnloadable(error) || origin === "replayed") throw error;
      const location = await store.setAside(loadId);
      report.package(manifest, "resumed", "set-aside");
      const message = error instanceof Error ? error.message : String(error);
      events.emit({ type: "package-set-aside", loadId, location, message });
      return undefined;
    }
  }
}

function keyOf({ resource, partition }: PartitionRecord): string {
  return partitionKey(resource, partition.id);
}
