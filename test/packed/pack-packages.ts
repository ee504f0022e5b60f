import { mkdir, readFile } from "node:fs/promises";
import { capture, publishedPackages, root } from "../gates/gate.ts";

export interface PackedPackage {
  name: string;
  folder: string;
  /** The tarball's path. */
  tarball: string;
  dependencies: string[];
  peers: string[];
  subpaths: string[];
}

/** Packs every published package into `into`, as a release does. `dist` has to be built. */
export async function packPackages(into: string): Promise<PackedPackage[]> {
  await mkdir(into, { recursive: true });
  const packages = publishedPackages();
  const workspaces = packages.flatMap(({ name }) => ["--workspace", name]);
  const packed = await capture("npm", [
    "pack",
    "--json",
    "--ignore-scripts",
    "--loglevel=error",
    "--pack-destination",
    into,
    ...workspaces,
  ]);
  if (packed.code !== 0) throw new Error(`npm pack failed:\n${packed.output}`);
  // npm's own answer.
  const answers = JSON.parse(packed.stdout) as
    | { name: string; filename: string }[]
    | Record<string, { name: string; filename: string }>;
  const files = new Map(Object.values(answers).map((answer) => [answer.name, answer.filename]));

  return Promise.all(
    packages.map(async ({ name, folder, entries }) => {
      // Our own file, checked by publint.
      const manifest = JSON.parse(await readFile(`${root}/${folder}/package.json`, "utf8")) as {
        dependencies?: Record<string, string>;
        peerDependencies?: Record<string, string>;
      };
      const file = files.get(name);
      if (file === undefined) throw new Error(`npm pack made no tarball of ${name}`);
      return {
        name,
        folder,
        tarball: `${into}/${file}`,
        dependencies: Object.keys(manifest.dependencies ?? {}),
        peers: Object.keys(manifest.peerDependencies ?? {}),
        subpaths: entries.map((entry) => entry.subpath),
      };
    }),
  );
}
