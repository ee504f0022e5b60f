import { untilAborted } from "../async/until-aborted.ts";
import { plainValue } from "../scan/plain-value.ts";
import { encodeTaggedRecords } from "../scan/tagged-records.ts";
import type { Contract } from "../source/contract.ts";
import type { StandardIssue, StandardSchema } from "../source/standard-schema.ts";
import { RecordContractError } from "./extract-errors.ts";
import { pageRecords } from "./page-records.ts";
import type { PageToLog } from "./page-to-log.ts";

/** A record that its schema refuses, as it stands in a page of encoding `refused`. */
export interface RefusedRecord {
  readonly reason: string;
  readonly value: unknown;
}

/**
 * Holds the records of a page against the schema of their resource. Gives a page of what the schema makes of them, and one of those that
 * it refuses, to be counted or kept by the contract. `evolve` lets refused records through as they came.
 *
 * @throws RecordContractError where the contract freezes records
 */
export async function validateRecords(
  { page, parents }: PageToLog,
  schema: StandardSchema,
  mode: Contract["records"],
  signal: AbortSignal,
): Promise<readonly PageToLog[]> {
  const records = pageRecords(page);
  const valid: unknown[] = [];
  const validParents: PageToLog["parents"][number][] = [];
  const refused: RefusedRecord[] = [];
  for (const [index, record] of records.entries()) {
    const given = schema["~standard"].validate(plainValue(record));
    const result = given instanceof Promise ? await untilAborted(given, signal) : given;
    const parent = parents[index];
    if (result.issues === undefined || mode === "evolve") {
      valid.push(result.issues === undefined ? result.value : record);
      if (parent !== undefined) validParents.push(parent);
    } else if (mode === "freeze") throw new RecordContractError(index, page.request, reasonOf(result.issues));
    else refused.push({ reason: reasonOf(result.issues), value: record });
  }
  const pageOf = (kind: "tagged" | "refused", list: readonly unknown[], of: PageToLog["parents"]): PageToLog[] =>
    list.length === 0
      ? []
      : [
          {
            page: { ...page, encoding: kind, at: [], bytes: encodeTaggedRecords(list) },
            records: list.length,
            parents: of,
          },
        ];
  return [...pageOf("tagged", valid, validParents), ...pageOf("refused", refused, [])];
}

const mostIssues = 5;

/** What some libraries add to a message: the value itself, which has no place in an error. */
const shownValue = /\s*(?:,? but received|\(was)\s.*$/s;

/** Paths and messages; messages are the schema's own, without values, and are cut where they are long. */
function reasonOf(issues: readonly StandardIssue[]): string {
  const told = issues.slice(0, mostIssues).map(({ message, path = [] }) => {
    const steps = path.map((step) => String(typeof step === "object" ? step.key : step));
    return `${steps.length === 0 ? "" : `${steps.join(".")}: `}${message.replace(shownValue, "").slice(0, 200)}`;
  });
  return told.join("; ") + (issues.length > mostIssues ? `; and ${issues.length - mostIssues} more` : "");
}
