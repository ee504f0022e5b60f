import { mkdir, open, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PackageManifest } from "./load-package.ts";

/** Where the files of a package are. */
export function packageFiles(folder: string, loadId: string): { folder: string; log: string; manifest: string } {
  const own = join(folder, loadId);
  return { folder: own, log: join(own, "pages.log"), manifest: join(own, "manifest.json") };
}

/** Makes a folder, and those above it, that only this user may look into. */
export async function makePrivateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Writes the manifest so that it is either there as a whole or not at all, also after a power cut. */
export async function writeManifest(
  files: { folder: string; manifest: string },
  manifest: PackageManifest,
): Promise<void> {
  const draft = `${files.manifest}.draft`;
  await writeFile(draft, JSON.stringify(manifest), { mode: 0o600, flush: true });
  await rename(draft, files.manifest);
  await syncFolder(files.folder);
}

/** Makes names in a folder survive a power cut. Not every system can do that to a folder; those that cannot need no help. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    await using handle = await open(folder, "r");
    await handle.sync();
  } catch (error) {
    if (process.platform !== "win32") throw error;
  }
}
