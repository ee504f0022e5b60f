/**
 * The exit code that tells a script what happened: 0 done, 1 failed, 2 wrong usage or configuration (a missing or refused key, a bad
 * option), 3 part of the data was committed, 130 interrupted.
 *
 * @param error what the run rejected with; `undefined` when it did not
 */
export function exitCode(error: unknown): 0 | 1 | 2 | 3 | 130 {
  if (error === undefined) return 0;
  const codes = errorCodes(error);
  if (codes.some((code) => code === "aborted")) return 130;
  if (codes.some((code) => usageCodes.has(code))) return 2;
  return hasCommitted(error) ? 3 : 1;
}

const usageCodes = new Set([
  "configuration",
  "authentication",
  "other_identity",
  "ERR_CLIENGO_AUTHENTICATION",
  "ERR_CLIENGO_CONFIGURATION",
]);

function errorCodes(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < 8 && typeof current === "object" && current !== null; depth += 1) {
    if ("code" in current && typeof current.code === "string") codes.push(current.code);
    current = "cause" in current ? current.cause : undefined;
  }
  return codes;
}

function hasCommitted(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("report" in error)) return false;
  const { report } = error;
  if (typeof report !== "object" || report === null || !("packages" in report) || !Array.isArray(report.packages))
    return false;
  return report.packages.some(
    (item: unknown) => typeof item === "object" && item !== null && "outcome" in item && item.outcome === "committed",
  );
}
