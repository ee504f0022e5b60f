import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { LoggedPage, PackageManifest } from "./load-package.ts";
import { PackageDamagedError, packageStoreError, systemCode } from "./package-errors.ts";
import type { packageFiles } from "./package-folder.ts";
import { readLog } from "./read-log.ts";

type PackageFiles = ReturnType<typeof packageFiles>;

/**
 * The manifest of a sealed package; undefined when there is none.
 *
 * @throws PackageDamagedError when it is not what was written
 */
export async function readManifest(files: PackageFiles, loadId: string): Promise<PackageManifest | undefined> {
  let text: string;
  try {
    text = await readFile(files.manifest, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
  let manifest: Partial<PackageManifest>;
  try {
    // Only what was renamed into place has this name; the fields that decide are looked at below.
    manifest = JSON.parse(text) as Partial<PackageManifest>;
  } catch {
    throw new PackageDamagedError(loadId, files.folder, "manifest.json is not JSON");
  }
  if (manifest.formatVersion !== 1 || manifest.loadId !== loadId || !Array.isArray(manifest.partitions)) {
    throw new PackageDamagedError(loadId, files.folder, "manifest.json is of another package or version");
  }
  // Looked at above; the rest was written together with it.
  return manifest as PackageManifest;
}

/**
 * The pages of a sealed package, in plan order. Whether they are all there, and the ones that were written, is known at the end.
 *
 * @throws PackageDamagedError when they are not
 */
export async function* readPackage(
  files: PackageFiles,
  loadId: string,
  signal: AbortSignal,
): AsyncGenerator<LoggedPage, void, undefined> {
  const hash = createHash("sha256");
  let manifest: PackageManifest | undefined;
  let sequence = 0;
  let end = 0;
  try {
    manifest = await readManifest(files, loadId);
    if (manifest === undefined) throw new PackageDamagedError(loadId, files.folder, "it has no manifest.json");
    for await (const read of readLog(files.log, signal)) {
      for (const part of read.raw) hash.update(part);
      end = read.end;
      if (read.frame.kind === "page") yield { ...read.frame.header, sequence: sequence++, bytes: read.frame.body };
    }
  } catch (error) {
    throw packageStoreError(error, files.folder);
  }
  if (end !== manifest.bytes) {
    const what = `pages.log can be read up to byte ${end}, it should hold ${manifest.bytes}`;
    throw new PackageDamagedError(loadId, files.folder, what);
  }
  if (hash.digest("hex") !== manifest.checksum) {
    throw new PackageDamagedError(loadId, files.folder, "pages.log is not the one that manifest.json was written for");
  }
}
