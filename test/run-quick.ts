import { runVitest, summary } from "./run-vitest.ts";

// `npm run test:quick`: no server processes, under a minute. Arguments go to vitest: `npm run test:quick -- --project core`.
process.env["TYPELOAD_TESTS"] = "quick";
const counts = await runVitest(process.argv.slice(2));
console.log(summary(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
