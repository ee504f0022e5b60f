import { parseArgs } from "node:util";
import { compareWithDlt } from "./compare-with-dlt.ts";
import { dltPython, startDlt } from "./dlt-process.ts";
import { drawDocuments } from "./draw-documents.ts";

// Random documents, loaded by dlt and by typeload, tables compared cell by cell; exit code 1 where they differ.
//   npm run fuzz:dlt -- [--seed N] [--documents M]
const { values } = parseArgs({
  options: { seed: { type: "string", default: "1" }, documents: { type: "string", default: "100" } },
});
const [seed, documents] = [Number(values.seed), Number(values.documents)];
if (!Number.isSafeInteger(seed) || !Number.isSafeInteger(documents) || documents < 1) {
  console.error("npm run fuzz:dlt -- [--seed N] [--documents M]: whole numbers, M at least 1");
  process.exit(2);
}
const python = await dltPython();
if (python === undefined) {
  console.error("fuzz:dlt needs Python 3.10 with venv, and pip that can install test/interop-dlt/requirements.txt");
  process.exit(2);
}
await using dlt = startDlt(python);
let different = 0;
let sets = 0;
for (let done = 0; done < documents; sets++) {
  // Sets of one seed are told apart by their number.
  const drawn = drawDocuments(seed * 1_000_000 + sets);
  done += drawn.documents;
  const found = await compareWithDlt(dlt, drawn).catch((error: unknown) => [String(error)]);
  if (found.length === 0) continue;
  different += 1;
  console.log(`set ${sets} of seed ${seed} (${drawn.disposition}):`);
  for (const line of found.slice(0, 8)) console.log(`  ${line.slice(0, 600)}`);
}
console.log(`${sets - different} of ${sets} sets with ${documents} documents or a few more gave the same tables`);
process.exitCode = different === 0 ? 0 : 1;
