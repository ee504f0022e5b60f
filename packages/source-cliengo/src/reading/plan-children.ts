import type { Partition, PartitionRecord, PlanContext, PlanSummary } from "@typeload/core";

/** Lists that were `unproved` before are read again, but so many a run at most: some may be so for ever. */
const mostRepeated = 1000;

/**
 * Plans a partition for each parent record of this run, less those whose last change (`fingerprint`) is the one they were read with
 * before, and for lists that were `unproved` in an earlier run. After them, a marker for each of the parent's windows: only then the window
 * counts as done for this child, so that a run that was cut off between parents and children reads them again.
 *
 * Holds the id of every parent of the run and every stored partition in memory: some 200 bytes each.
 *
 * @param changed member of the parent that changes when its children do; a parent without it is always read
 */
export async function* planChildren(
  context: PlanContext,
  options: { readonly resource: string; readonly parent: string; readonly changed: string },
): AsyncGenerator<Partition, PlanSummary, undefined> {
  const stored = context.committed(options.resource).filter(({ partition }) => partition.kind === "parent");
  const committed = new Map(stored.map((record) => [record.partition.id, record]));
  const skipped: PartitionRecord[] = [];
  const planned = new Set<string>();
  let repeated = 0;
  const isToRepeat = ({ verdict }: PartitionRecord): boolean =>
    verdict.rows === "unproved" && (repeated += 1) <= mostRepeated;
  for await (const parent of context.parents()) {
    const { id } = parent;
    if (typeof id !== "string" || planned.has(id)) continue;
    planned.add(id);
    const changed = parent[options.changed];
    const fingerprint = typeof changed === "string" || typeof changed === "number" ? String(changed) : undefined;
    const before = committed.get(id);
    const isUnchanged = fingerprint !== undefined && before?.partition.fingerprint === fingerprint;
    if (before !== undefined && isUnchanged && !isToRepeat(before)) skipped.push(before);
    else yield { id, kind: "parent", fingerprint };
  }
  // Children of parents that this run did not come by.
  for (const [id, record] of committed) {
    if (planned.has(id)) continue;
    if (isToRepeat(record)) yield record.partition;
    else skipped.push(record);
  }
  for (const { id, kind } of context.planned(options.parent)) {
    if (kind === "window") yield { id: `done ${id}`, kind: "marker" };
  }
  return { skipped };
}
