import { parseArgs } from "node:util";
import { simulateMovingList } from "./simulate-moving-list.ts";

// Any number of simulated loads of a list that moves while it is read, each from its seed; exit code 1 where one went wrong.
//   npm run simulate -- --seeds N [--from SEED]
const usage = "npm run simulate -- [--seeds N] [--from SEED]: whole numbers, N at least 1";

function numbers(): { readonly seeds: number; readonly from: number } {
  const { values } = parseArgs({
    options: { seeds: { type: "string", default: "100" }, from: { type: "string", default: "1" } },
  });
  const [seeds, from] = [Number(values.seeds), Number(values.from)];
  if (!Number.isSafeInteger(seeds) || seeds < 1 || !Number.isSafeInteger(from)) throw new RangeError("no such numbers");
  return { seeds, from };
}

let seeds: number;
let from: number;
try {
  ({ seeds, from } = numbers());
} catch (error) {
  console.error(`${error instanceof Error ? error.message : String(error)}
${usage}`);
  process.exit(2);
}

const verdicts = new Map<string, number>();
let failed = 0;
for (let seed = from; seed < from + seeds; seed += 1) {
  const { runs, wrong } = await simulateMovingList(seed).catch((error: unknown) => ({
    runs: [],
    wrong: [`the simulation itself failed: ${String(error)}`],
  }));
  for (const verdict of runs) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
  if (wrong.length === 0) continue;
  failed += 1;
  console.log(`seed ${seed}, runs ${runs.join(", ")}: npm run simulate -- --seeds 1 --from ${seed}`);
  for (const line of wrong.slice(0, 5)) console.log(`  ${line}`);
  if (wrong.length > 5) console.log(`  and ${wrong.length - 5} more`);
}
const words = [...verdicts].map(([verdict, count]) => `${count} ${verdict}`).join(", ");
console.log(`${seeds - failed} of ${seeds} seeds went well; verdicts of their runs: ${words}`);
process.exitCode = failed === 0 ? 0 : 1;
