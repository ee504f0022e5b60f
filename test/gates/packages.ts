import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData, type Problem } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packPackages, type PackedPackage } from "../packed/pack-packages.ts";
import { type Gate, root } from "./gate.ts";

/** What a user would get: each package packed, its manifest and files looked at by publint, its types by attw. */
export const packagesGate: Gate = {
  name: "packages",
  mend: "mend exports, files or types in that package's package.json or tsup.config.ts",
  async check() {
    const folder = await mkdtemp(join(tmpdir(), "typeload-packages-"));
    try {
      const wrong: string[] = [];
      for (const packed of await packPackages(folder)) {
        const text = await readFile(`${root}/${packed.folder}/package.json`, "utf8");
        // Ours, and looked at by publint as well.
        wrong.push(...brokenPromises(packed.name, JSON.parse(text) as Record<string, unknown>));
        for (const file of ["LICENSE", "README.md"])
          if (!existsSync(`${root}/${packed.folder}/${file}`)) wrong.push(`${packed.name}: has no ${file}`);
        wrong.push(...(await problemsOf(packed)));
      }
      return wrong.length === 0 ? undefined : wrong.join("\n");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** What every published package promises alike, and publint asks of none. */
const promises: Record<string, unknown> = {
  license: "MIT",
  type: "module",
  sideEffects: false,
  engines: { node: ">=22.18" },
  publishConfig: { access: "public", provenance: true },
};

export function brokenPromises(name: string, manifest: Readonly<Record<string, unknown>>): string[] {
  const wrong = Object.entries(promises)
    .filter(([member, value]) => JSON.stringify(manifest[member]) !== JSON.stringify(value))
    .map(([member, value]) => `${name}: ${member} has to be ${JSON.stringify(value)}`);
  // Two copies of the core in one program would not know each other's errors and sources.
  const own = Object.keys(Object(manifest["dependencies"]));
  if (own.includes("@typeload/core")) wrong.push(`${name}: @typeload/core has to be a peer dependency`);
  return wrong;
}

async function problemsOf(packed: PackedPackage): Promise<string[]> {
  const bytes = await readFile(packed.tarball);
  const wrong: string[] = [];

  const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(bytes).buffer }, strict: true });
  wrong.push(
    ...messages.map((message) => `${packed.name}: ${formatMessage(message, pkg, { color: false }) ?? message.code}`),
  );

  const analysis = await checkPackage(createPackageFromTarballData(new Uint8Array(bytes)));
  if (!analysis.types) wrong.push(`${packed.name}: has no types`);
  else wrong.push(...analysis.problems.filter(matters).map((problem) => `${packed.name}: ${describe(problem)}`));
  return wrong;
}

/** ESM only, for bundlers and Node's own resolution: what the CommonJS-only `node10` can't see is no problem. */
function matters(problem: Problem): boolean {
  const where = "resolutionKind" in problem ? problem.resolutionKind : "";
  return where !== "node10" && problem.kind !== "CJSResolvesToESM";
}

function describe(problem: Problem): string {
  const { kind, ...rest } = problem;
  return `${kind} ${JSON.stringify(rest)}`;
}
