import { apiGate } from "./api.ts";
import { buildGate } from "./build.ts";
import { formatGate } from "./format.ts";
import { castsGate } from "./casts.ts";
import type { Gate } from "./gate.ts";
import { generatedGate } from "./generated.ts";
import { houseGate } from "./house.ts";
import { importsGate } from "./imports.ts";
import { lintGate } from "./lint.ts";
import { lockGate } from "./lock.ts";
import { openapiGate } from "./openapi.ts";
import { packagesGate } from "./packages.ts";
import { sizeGate } from "./size.ts";
import { snippetsGate } from "./snippets.ts";
import { typesGate } from "./type-check.ts";
import { unusedGate } from "./unused.ts";

/** All gates, the quickest and most telling first; `build` comes before those that read `dist`. */
export const gates: readonly Gate[] = [
  buildGate,
  formatGate,
  lintGate,
  typesGate,
  houseGate,
  importsGate,
  castsGate,
  unusedGate,
  snippetsGate,
  generatedGate,
  openapiGate,
  sizeGate,
  apiGate,
  packagesGate,
  lockGate,
];

/** Gates that read what the build wrote; the linter takes types across packages from there. */
const needBuild = new Set([lintGate, sizeGate, apiGate, packagesGate]);

export interface GateCounts {
  passed: number;
  failed: number;
}

/** Runs the named gates (all, when none is named), two at a time after the build, and prints a line for each. */
export async function runGates(options: {
  names: readonly string[];
  fix: boolean;
  args: readonly string[];
}): Promise<GateCounts> {
  const chosen = gates.filter((gate) => options.names.length === 0 || options.names.includes(gate.name));
  const counts: GateCounts = { passed: 0, failed: 0 };

  const one = async (gate: Gate): Promise<void> => {
    const start = performance.now();
    const wrong = await attempt(() => (options.fix && gate.fix ? gate.fix() : gate.check(options.args)));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    if (wrong === undefined) {
      counts.passed++;
      console.log(`ok      ${gate.name.padEnd(10)} ${seconds} s`);
    } else {
      counts.failed++;
      console.log(`FAILED  ${gate.name.padEnd(10)} ${seconds} s\n${indent(wrong)}\n        → ${gate.mend}`);
    }
  };

  if (chosen.includes(buildGate) || chosen.some((gate) => needBuild.has(gate))) await one(buildGate);
  const queue = chosen.filter((gate) => gate !== buildGate);
  const worker = async (): Promise<void> => {
    for (let gate = queue.shift(); gate !== undefined; gate = queue.shift()) await one(gate);
  };
  await Promise.all([worker(), worker()]);
  return counts;
}

async function attempt(work: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

function indent(text: string): string {
  const lines = text.split("\n");
  const shown = lines.length > 80 ? [...lines.slice(0, 80), `… ${lines.length - 80} more lines`] : lines;
  return shown.map((line) => `        ${line}`).join("\n");
}
