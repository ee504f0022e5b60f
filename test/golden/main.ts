import { readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { type CaseResult, judge } from "./judge.ts";

// Runs every case of a folder in the format of test/fixtures/golden, and says how many came out as dlt has them.
//   npm run golden -- [folder]      (default: test/fixtures/golden)
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = resolve(process.argv[2] ?? join(root, "test/fixtures/golden"));
const files = readdirSync(folder).filter((name) => name.endsWith(".json"));
if (files.length === 0) {
  console.error(`${folder} holds no golden file (*.json)`);
  process.exit(2);
}

const place = await mkdtemp(join(tmpdir(), "typeload-golden-run-"));
const output = join(place, "report.json");
const tests = ["golden-", "name-identifiers", "incremental.test", "golden-tables"];
const vitest = spawn(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "--reporter=json", `--outputFile=${output}`, ...tests],
  { cwd: root, env: { ...process.env, TYPELOAD_GOLDEN: folder }, stdio: ["ignore", "ignore", "inherit"] },
);
await once(vitest, "exit");
// Written by vitest just now.
const report = JSON.parse(readFileSync(output, "utf8")) as Parameters<typeof judge>[1];
await rm(place, { recursive: true, force: true });

let failed = 0;
for (const file of files) {
  // Stated in test/fixtures/golden/README.md.
  const { cases } = JSON.parse(readFileSync(join(folder, file), "utf8")) as { cases: { id: string; trap?: string }[] };
  const suite = file.replace(/\.json$/, "");
  const results = judge(cases, report);
  const of = (status: CaseResult["status"]): readonly CaseResult[] => results.filter((each) => each.status === status);
  const asked = of("passed").length + of("failed").length;
  console.log(`${suite}: ${of("passed").length}/${asked} passed, ${of("skipped").length} of ${cases.length} skipped`);
  const reasons = Object.groupBy(of("skipped"), ({ reason = "" }) =>
    suite === "rest-client" ? "paginators come with source-rest" : reason,
  );
  for (const [reason, list = []] of Object.entries(reasons)) console.log(`  skipped ${list.length}: ${reason}`);
  for (const { id } of of("failed")) console.log(`  FAILED ${id}`);
  failed += of("failed").length;
}
process.exitCode = failed === 0 ? 0 : 1;
