/** What became of one case. */
export interface CaseResult {
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped";
  /** Of a case that was skipped. */
  readonly reason?: string | undefined;
}

/** What of vitest's report is looked at. */
export interface TestReport {
  readonly testResults: readonly {
    readonly message?: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

/**
 * What the tests say of each case: a test whose title begins with its id. A case that no test names is skipped, never passed; of several
 * tests all must pass.
 */
export function judge(
  cases: readonly { readonly id: string; readonly trap?: string }[],
  report: TestReport,
): readonly CaseResult[] {
  const ids = new Set(cases.map(({ id }) => id));
  /** A test belongs to the case that its title begins with, or to the one above it: `…/03/0`. */
  const caseOf = (title: string): string => {
    const first = (title.split(" ")[0] ?? "").replace(/:$/, "");
    return ids.has(first) ? first : first.slice(0, first.lastIndexOf("/"));
  };
  const byCase = Map.groupBy(
    report.testResults.flatMap(({ assertionResults }) => assertionResults),
    ({ title }) => caseOf(title),
  );
  return cases.map(({ id, trap }): CaseResult => {
    const tests = byCase.get(id) ?? [];
    const asked = tests.filter(({ status }) => status === "passed" || status === "failed");
    if (asked.some(({ status }) => status === "failed")) return { id, status: "failed" };
    if (asked.length > 0) return { id, status: "passed" };
    const told = tests.map(({ title }) => /\[(.*)\]$/s.exec(title)?.[1]).find((reason) => reason !== undefined);
    return { id, status: "skipped", reason: told ?? (trap === undefined ? "no test asks it yet" : `trap: ${trap}`) };
  });
}
