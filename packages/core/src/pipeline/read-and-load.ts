import type { Clock } from "../async/clock.ts";
import { Handover } from "../async/handover.ts";
import { extractSource } from "../extract/extract-source.ts";
import type { PackageManifest } from "../extract/load-package.ts";
import type { PackageSequence } from "../extract/package-sequence.ts";
import type { ParentSpool } from "../extract/parent-spool.ts";
import type { ResourceState } from "../extract/resource-state.ts";
import type { ResourceTally } from "../extract/resource-tally.ts";
import type { PackageLoader } from "../load/package-loader.ts";
import { staysTogether } from "../load/refuse-incomplete.ts";
import type { PartitionRecord } from "../source/partition.ts";
import type { EventSink } from "./event-sink.ts";
import type { ReportBuilder } from "./report-builder.ts";
import type { RunSignals } from "./run-signals.ts";
import { tellLoaded } from "./tell-loaded.ts";

/** What {@link readAndLoad} works with. */
export interface ReadAndLoadOptions {
  readonly loader: PackageLoader;
  readonly tallies: ReadonlyMap<string, ResourceTally>;
  readonly committed: readonly PartitionRecord[];
  readonly spool: ParentSpool;
  readonly signals: RunSignals;
  readonly report: ReportBuilder;
  readonly events: EventSink;
  readonly clock: Clock;
  readonly windowBytes: number;
  /** What is committed of a resource's state. */
  resourceState(resource: string): ResourceState;
  /** Every resource goes into one package. */
  readonly requiredCompleteness: boolean;
  makePackages(sealed: (manifest: PackageManifest) => Promise<void>): PackageSequence;
}

/**
 * Reads the source while the package before is loaded; at most one more waits in between. Rejects with what failed first; gives what
 * was refused, when all else went well.
 */
export async function readAndLoad(options: ReadAndLoadOptions): Promise<Error | undefined> {
  const { loader, tallies, signals, report, events } = options;
  const handover = new Handover<PackageManifest>();
  let failure: { readonly error: unknown } | undefined;
  let refused: Error | undefined;

  const loading = (async () => {
    try {
      for await (const manifest of handover) {
        const loaded = await report.unlessUnknown(manifest, "this-run", loader.load(manifest, signals.load));
        report.loaded(loaded, "this-run");
        tellLoaded(loaded, events);
        for (const error of loaded.refused.values()) refused ??= error;
      }
    } catch (error) {
      failure ??= { error };
      handover.fail(error);
      signals.stopReading(error);
    }
  })();

  await using packages = options.makePackages(async (manifest) => {
    const { loadId, partitions, pages, bytes } = manifest;
    report.package(manifest, "this-run");
    events.emit({ type: "package-sealed", loadId, partitions: partitions.length, pages, bytes });
    await handover.give(manifest);
  });
  try {
    await extractSource({
      ...options,
      tallies,
      packages,
      signal: signals.read,
      onEvent: events.emit,
      together: (resource) => options.requiredCompleteness || staysTogether(resource),
    });
  } catch (error) {
    failure ??= { error };
  }
  handover.close();
  await loading;
  if (failure !== undefined) throw failure.error;
  return refused;
}
