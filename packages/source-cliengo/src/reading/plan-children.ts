import type { Partition, PartitionRecord, PlanContext, PlanSummary } from "@typeload/core";
import { spanId, windowSpan } from "./window-span.ts";

/**
 * Plans a partition for each parent record of this run, less those whose last change (`fingerprint`) is the one they were read with
 * before. After them, a marker for each of the parent's windows: only then the window counts as done for this child, so that a run
 * that was cut off between parents and children reads them again.
 *
 * @param changed member of the parent that changes when its children do; a parent without it is always read
 */
export async function* planChildren(
  context: PlanContext,
  options: { readonly resource: string; readonly parent: string; readonly changed: string },
): AsyncGenerator<Partition, PlanSummary, undefined> {
  const committed = new Map(context.committed(options.resource).map((record) => [record.partition.id, record]));
  const skipped: PartitionRecord[] = [];
  const planned = new Set<string>();
  for await (const parent of context.parents()) {
    const { id } = parent;
    if (typeof id !== "string" || planned.has(id)) continue;
    planned.add(id);
    const changed = parent[options.changed];
    const fingerprint = typeof changed === "string" || typeof changed === "number" ? String(changed) : undefined;
    const before = committed.get(id);
    if (before !== undefined && fingerprint !== undefined && before.partition.fingerprint === fingerprint) {
      skipped.push(before);
      continue;
    }
    yield { id, kind: "parent", fingerprint };
  }
  for (const partition of context.planned(options.parent)) {
    const span = windowSpan(partition);
    if (span !== undefined) yield { id: `done ${spanId(span)}`, kind: "marker", data: partition.data };
  }
  // Children of parents in windows that were left out: read with them, in an earlier run.
  for (const record of committed.values()) {
    if (record.partition.kind === "parent" && !planned.has(record.partition.id)) skipped.push(record);
  }
  return { skipped };
}
