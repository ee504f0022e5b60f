import { mkdir, writeFile } from "node:fs/promises";
import { capture } from "../gates/gate.ts";
import type { PackedPackage } from "./pack-packages.ts";

/** A user's empty project with the named packages installed from their tarballs, and with nothing that they don't ask for. */
export async function installConsumer(options: {
  folder: string;
  packed: readonly PackedPackage[];
  names: readonly string[];
  /** From the registry, as `name@version`. */
  also?: readonly string[];
}): Promise<void> {
  await mkdir(options.folder, { recursive: true });
  await writeFile(
    `${options.folder}/package.json`,
    JSON.stringify({ name: "consumer", version: "1.0.0", private: true }),
  );
  const tarballs = [...closure(options.packed, options.names)].map(({ tarball }) => `file:${tarball}`);
  const flags = ["--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  const { code, output } = await capture(
    "npm",
    ["install", ...flags, ...tarballs, ...(options.also ?? [])],
    options.folder,
  );
  if (code !== 0) throw new Error(`npm install of ${options.names.join(", ")} failed:\n${output}`);
}

/** The packages with those of ours that they need: none of them is on a registry in the version under test. */
function closure(packed: readonly PackedPackage[], names: readonly string[]): Set<PackedPackage> {
  const wanted = new Set<PackedPackage>();
  const add = (name: string): void => {
    const found = packed.find((one) => one.name === name);
    if (!found || wanted.has(found)) return;
    wanted.add(found);
    for (const needed of [...found.dependencies, ...found.peers]) add(needed);
  };
  for (const name of names) add(name);
  return wanted;
}
