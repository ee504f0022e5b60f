import type { Partition, PartitionRecord, PartitionVerdict, PlanContext, PlanSummary } from "@typeload/core";

/** Lists that were `unproved` before are read again, but so many a run at most: some may be so for ever. */
const mostRepeated = 1000;

/** What the children of a resource hang on, and what of it tells that there are new ones. */
export interface ChildPlanning {
  readonly resource: string;
  readonly parent: string;
  /** Member of the parent that changes with its children, a date; a parent without it is always read. */
  readonly changed: string;
  /** `changed` moves with every new child. Else it proves nothing: the children of every parent that the run reads are read again. */
  readonly movesAlways: boolean;
}

/**
 * Plans a partition for each parent record of this run, and for lists that were `unproved` in an earlier run. Left out are parents whose
 * last change (`fingerprint`) is the one they were read with before: where it moves always, or where a run read them that was cut off and
 * this one takes up. After them, a marker for each of the parent's windows: only then the window counts as done for this child, so
 * that a run that was cut off between parents and children reads them again.
 *
 * Holds the id of every parent of the run and every stored partition in memory: some 200 bytes each.
 */
export async function* planChildren(
  context: PlanContext,
  options: ChildPlanning,
): AsyncGenerator<Partition, PlanSummary, undefined> {
  const records = context.committed(options.resource);
  const stored = records.filter(({ partition }) => partition.kind === "parent");
  // Markers end a plan, so what was committed after all of them is of a run that did not come to its end.
  const marked = records.filter(({ partition }) => partition.kind === "marker").map(({ loadId }) => Number(loadId));
  const lastEnd = marked.reduce((latest, loadId) => Math.max(latest, loadId), 0);
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
    const isCurrent = isUnchanged && (options.movesAlways || Number(before.loadId) > lastEnd);
    if (before !== undefined && isCurrent && !isToRepeat(before)) skipped.push(before);
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
  return options.movesAlways
    ? { skipped, freshness: newestChange(skipped) }
    : { skipped: skipped.map((record) => ({ ...record, verdict: withoutProof(record.verdict) })) };
}

/** The date of the newest change that was seen of lists that are left out: what they held by then is not read again. */
function newestChange(skipped: readonly PartitionRecord[]): string | undefined {
  let newest = -Infinity;
  for (const { partition } of skipped) newest = Math.max(newest, Date.parse(partition.fingerprint ?? "") || newest);
  return newest === -Infinity ? undefined : new Date(newest).toISOString();
}

/** What an earlier run read of a list that may have grown since, without a trace on its parent. */
function withoutProof(verdict: PartitionVerdict): PartitionVerdict {
  if (verdict.rows !== "proved") return verdict;
  const note =
    "lists of contacts that this run did not read may have grown: they come when the contact's window is read again";
  return { ...verdict, rows: "likely", note };
}
