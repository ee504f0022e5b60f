import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** What of vitest's JSON report is read here. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Runs vitest once, its own output on the terminal, and counts from its own report. */
export async function runVitest(args: readonly string[]): Promise<TestCounts> {
  const folder = await mkdtemp(join(tmpdir(), "typeload-report-"));
  const file = join(folder, "report.json");
  try {
    const code = await vitest(["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`, ...args]);
    return count(await readReport(file), code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function count(report: VitestReport | undefined, code: number): TestCounts {
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that fails before its first test (an import, a hook) has no failed test to its name: it counts as one.
  const broken = report.testResults.filter(
    (result) => result.status === "failed" && !result.assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    // An error outside every test (an unhandled rejection) fails the run, too.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The last line, which other programs read. */
export function summary(counts: TestCounts): string {
  return `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`;
}

async function readReport(file: string): Promise<VitestReport | undefined> {
  try {
    // Written by vitest just now.
    return JSON.parse(await readFile(file, "utf8")) as VitestReport;
  } catch {
    return undefined;
  }
}

function vitest(args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [`${root}node_modules/vitest/vitest.mjs`, ...args], {
      cwd: root,
      stdio: "inherit",
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}
