import { isTypeloadError } from "../errors.ts";

/**
 * Codes that say: what is in the package does not fit, and will not fit tomorrow. A wrong answer of the API got into the log, or the
 * log is damaged; reading again is the only cure.
 */
const codes: ReadonlySet<string> = new Set([
  "contract_violation",
  "null_in_not_null",
  "too_many_columns",
  "table_name_taken",
  "unknown_resource",
  "package_damaged",
  "not_null",
  "value_does_not_fit",
  "value_out_of_range",
]);

/** Did loading fail because of the data itself, so that trying the same package again and again helps nobody? */
export function isUnloadable(error: unknown): boolean {
  return isTypeloadError(error) && codes.has(error.code);
}
