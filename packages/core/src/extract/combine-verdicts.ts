import type { PartitionVerdict, RowsVerdict } from "../source/partition.ts";

/** From the weakest to the strongest word. */
const strength: readonly RowsVerdict[] = ["truncated", "unproved", "likely", "proved"];

/** Is `verdict` weaker than what is asked for? */
export function isWeaker(verdict: RowsVerdict, atLeast: RowsVerdict): boolean {
  return strength.indexOf(verdict) < strength.indexOf(atLeast);
}

/** A list is as sure as its least sure slice: the weakest word, counts added up, the first remark of that word. */
export function combineVerdicts(verdicts: Iterable<PartitionVerdict>): PartitionVerdict & { readonly read: number } {
  let rows: RowsVerdict = "proved";
  let note: string | undefined;
  let read = 0;
  let expected: number | undefined = 0;
  let any = false;
  for (const verdict of verdicts) {
    any = true;
    read += verdict.read ?? 0;
    expected = expected === undefined || verdict.expected === undefined ? undefined : expected + verdict.expected;
    if (isWeaker(verdict.rows, rows)) {
      rows = verdict.rows;
      note = verdict.note;
    } else if (verdict.rows === rows) {
      note ??= verdict.note;
    }
  }
  return { rows, read, expected: any ? expected : undefined, note };
}
