import type { PlanSummary, Resource } from "../source/resource.ts";
import type { Partition, PartitionVerdict } from "../source/partition.ts";
import { combineVerdicts, isWeaker } from "./combine-verdicts.ts";

/** Remarks of a source are kept up to this many. */
const maximumNotes = 100;
const maximumNoteLength = 1000;

/** What a run has read of one resource, and how sure it is. Counts only what was logged. */
export class ResourceTally {
  readonly resource: Resource;
  /** A child's list cannot be more complete than its parents'. */
  readonly #parent: ResourceTally | undefined;
  readonly #verdicts: PartitionVerdict[] = [];
  #summary: PlanSummary = {};
  records = 0;
  pages = 0;
  /** Without markers. */
  partitions = 0;
  /** All that were logged to their end, markers too. */
  logged = 0;
  seconds = 0;
  finished = false;
  readonly planned: Partition[] = [];
  readonly notes: string[] = [];
  notesDropped = 0;

  constructor(resource: Resource, parent: ResourceTally | undefined) {
    this.resource = resource;
    this.#parent = parent;
  }

  get skipped(): number {
    return this.#summary.skipped?.length ?? 0;
  }

  page(records: number): void {
    this.pages++;
    this.records += records;
  }

  partition(partition: Partition, verdict: PartitionVerdict): void {
    this.logged++;
    if (partition.kind === "marker") return;
    this.partitions++;
    this.#verdicts.push(verdict);
  }

  summary(summary: PlanSummary): void {
    this.#summary = summary;
  }

  /** Gives the remark as it was kept, or undefined when there were too many. */
  note(message: string): string | undefined {
    if (this.notes.length >= maximumNotes) {
      this.notesDropped++;
      return undefined;
    }
    const kept = message.length > maximumNoteLength ? `${message.slice(0, maximumNoteLength)}…` : message;
    this.notes.push(kept);
    return kept;
  }

  /** What was read and what was left out because it is there already, together. */
  completeness(): PartitionVerdict & { readonly read: number; readonly freshness?: string | undefined } {
    const stored = (this.#summary.skipped ?? []).map(({ verdict }) => verdict);
    const parent = this.#parent?.completeness();
    // What hangs on rows that were not read again was not read again either.
    const freshness = this.#summary.freshness ?? parent?.freshness;
    const own = withTotal(combineVerdicts([...this.#verdicts, ...stored]), this.#summary.total);
    if (!this.finished && !isWeaker(own.rows, "likely")) {
      return { ...own, rows: "unproved", note: "the reading did not come to its end", freshness };
    }
    if (parent === undefined || !isWeaker(parent.rows, own.rows)) return { ...own, freshness };
    const name = this.#parent?.resource.name ?? "";
    const note =
      parent.rows === "truncated" ? `the list of ${name} is truncated` : `the list of ${name} is only ${parent.rows}`;
    return { ...own, rows: parent.rows, note, freshness };
  }
}

/** Slices may each be complete, and a row lie in none of them. */
function withTotal<V extends PartitionVerdict & { readonly read: number }>(verdict: V, total: number | undefined): V {
  if (total === undefined || verdict.read >= total) return verdict;
  const counted = { ...verdict, expected: total };
  if (isWeaker(verdict.rows, "likely")) return counted;
  const note = `the source counts ${total} rows in all, and its slices held ${verdict.read}: some lie in none of them, or were deleted meanwhile`;
  return { ...counted, rows: "unproved", note };
}
