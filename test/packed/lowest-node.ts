import { copyFile, mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { capture, root } from "../gates/gate.ts";

export const lowestNode = "22.18";

/**
 * Installs the lowest Node that the packages support into a folder of its own.
 *
 * @returns the program, or undefined where npm has none for this system.
 * @throws when npm cannot install it.
 */
export async function installLowestNode(folder: string): Promise<string | undefined> {
  await mkdir(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    await copyFile(`${root}/test/packed/lowest-node/${file}`, join(folder, file));
  const { code, output } = await capture(
    "npm",
    ["ci", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"],
    folder,
  );
  if (code !== 0) throw new Error(`Node ${lowestNode} could not be installed:\n${output}`);

  const program = join(folder, "node_modules", `node-${process.platform}-${process.arch}`, "bin/node");
  return existsSync(program) ? program : undefined;
}
