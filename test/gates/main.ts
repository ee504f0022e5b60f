import { gates, runGates } from "./run-gates.ts";

// `npm run check`, `npm run check -- lint types`, `npm run format` (mends). Arguments after a gate's name that begin
// with a dash go to that gate's program: `npm run lint -- --fix`.
const [first, ...rest] = process.argv.slice(2);
const fix = first === "--fix";
const words = fix || first === undefined ? rest : [first, ...rest];
const names = words.filter((word) => !word.startsWith("-"));
const unknown = names.filter((name) => !gates.some((gate) => gate.name === name));
if (unknown.length > 0) {
  console.error(`No gate is called ${unknown.join(", ")}. There are: ${gates.map((gate) => gate.name).join(", ")}.`);
  process.exit(2);
}
const { failed } = await runGates({ names, fix, args: words.filter((word) => word.startsWith("-")) });
process.exitCode = failed === 0 ? 0 : 1;
