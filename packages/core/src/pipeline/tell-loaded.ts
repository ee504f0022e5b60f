import type { LoadedPackage } from "../load/loaded-package.ts";
import type { EventSink } from "./event-sink.ts";

/** Says what became of a package. */
export function tellLoaded(
  { manifest, outcome, tables, changes, altered, discarded, refused, notes }: LoadedPackage,
  events: EventSink,
): void {
  for (const [resource, error] of refused) {
    const message = error?.message ?? "it was not read to its end, so it was not replaced: the next run reads it again";
    events.emit({ type: "resource-noted", resource, message });
  }
  for (const { resource, message } of notes) events.emit({ type: "resource-noted", resource, message });
  for (const change of changes) events.emit({ type: "schema-changed", change });
  for (const cells of altered) events.emit({ type: "values-altered", loadId: manifest.loadId, ...cells });
  for (const found of discarded) events.emit({ type: "contract-applied", loadId: manifest.loadId, ...found });
  if (outcome === "committed" || outcome === "already-committed")
    events.emit({ type: "package-committed", loadId: manifest.loadId, tables });
}
