import { runGates } from "./gates/run-gates.ts";
import { runVitest, summary } from "./run-vitest.ts";

// `npm test`: every gate, then every test. Each gate counts as one. Arguments go to vitest.
const gates = await runGates({ names: [], fix: false, args: [] });
const tests = await runVitest(process.argv.slice(2));
const all = { passed: gates.passed + tests.passed, failed: gates.failed + tests.failed, skipped: tests.skipped };
if (gates.failed > 0) console.log(`${gates.failed} of ${gates.passed + gates.failed} gates failed: see FAILED above.`);
console.log(summary(all));
process.exitCode = all.failed === 0 ? 0 : 1;
