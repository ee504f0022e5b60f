import { ConfigurationError } from "../errors.ts";
import { instantText } from "../scan/instant-text.ts";
import type { ColumnHint } from "./column-hints.ts";
import type { Resource } from "./resource.ts";
import { scd2Columns } from "./scd2-columns.ts";

/** @throws ConfigurationError when hints of columns, keys and write disposition contradict each other: one of them would be without effect. */
export function checkMergeOptions({ name, columns, primaryKey, mergeKey, writeDisposition }: Resource): void {
  const refuse = (problem: string): never => {
    throw new ConfigurationError(`resource "${name}": ${problem}`);
  };
  const strategy = typeof writeDisposition === "object" ? writeDisposition.merge : writeDisposition;
  const merges = strategy !== "append" && strategy !== "replace" && strategy !== "scd2";
  const hinted = (of: (hint: ColumnHint) => boolean): readonly string[] =>
    Object.entries(columns).flatMap(([column, hint]) => (of(hint) ? [`"${column}"`] : []));

  const flags = hinted(({ hardDelete }) => hardDelete === true);
  if (flags.length > 1) refuse(`one column can say that a record is deleted, hardDelete stands at ${flags.join(", ")}`);
  if (flags.length > 0 && !merges) {
    refuse(`hardDelete of ${flags.join()} deletes rows in a merge by key, and the write disposition is ${strategy}`);
  }
  const sorted = hinted(({ dedupSort }) => dedupSort !== undefined);
  if (sorted.length > 1) refuse(`one column can decide between versions, dedupSort stands at ${sorted.join(", ")}`);
  if (sorted.length > 0 && (!merges || primaryKey.length === 0)) {
    const but = merges ? "the resource has no primaryKey" : `the write disposition is ${strategy}`;
    refuse(`dedupSort of ${sorted.join()} decides between versions of a key in a merge, and ${but}`);
  }
  if (strategy === "insert-only" && mergeKey.length > 0) {
    refuse("a mergeKey deletes the rows of its group, and insert-only deletes nothing: leave one of them out");
  }
  checkScd2(writeDisposition, refuse);
}

function checkScd2(writeDisposition: Resource["writeDisposition"], refuse: (problem: string) => never): void {
  const scd2 = scd2Columns(writeDisposition);
  if (scd2 === undefined) return;
  const { validFrom, validTo, rowVersionColumn } = scd2;
  const names = [validFrom, validTo, ...(rowVersionColumn === undefined ? [] : [rowVersionColumn])];
  if (new Set(names).size < names.length || names.some((column) => column.trim() === "")) {
    refuse(
      `validFrom, validTo and rowVersionColumn of scd2 are columns of their own, they are "${names.join('", "')}"`,
    );
  }
  for (const option of ["activeRecordTimestamp", "boundaryTimestamp"] as const) {
    const text = scd2[option];
    if (text !== undefined && instantText(text) === undefined) {
      refuse(`${option} must be a time in ISO 8601 such as "9999-12-31" or "2026-01-02T03:04:05Z", it is "${text}"`);
    }
  }
}
