import { runVitest, summary } from "./run-vitest.ts";

// `npm run test:quick`: no server processes, under a minute. Arguments go to vitest: `npm run test:quick -- --project core`.
const counts = await runVitest([
  "--exclude",
  "**/*.server.test.ts",
  "--exclude",
  "**/*.slow.test.ts",
  ...process.argv.slice(2),
]);
console.log(summary(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
