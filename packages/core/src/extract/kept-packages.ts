import { readdir } from "node:fs/promises";
import { compareLoadIds, isLoadId } from "./load-id.ts";
import type { PackageManifest, PackageStore } from "./load-package.ts";
import { PackageDamagedError, packageStoreError, systemCode } from "./package-errors.ts";
import { packageFiles } from "./package-folder.ts";
import { readManifest, readPackage } from "./read-package.ts";

/** Packages that were kept after their commit, to be read and never changed. */
export type KeptPackages = Pick<PackageStore, "location" | "read"> & {
  /** Oldest first. @throws PackageDamagedError for one whose manifest is not what was written */
  all(signal: AbortSignal): Promise<readonly PackageManifest[]>;
};

/** The packages in a folder that `keepPackages` filled. */
export function keptPackages(folder: string): KeptPackages {
  return {
    location: folder,
    read: (loadId, signal) => readPackage(packageFiles(folder, loadId), loadId, signal),
    async all(signal) {
      try {
        const names = (await readdir(folder)).filter(isLoadId).toSorted(compareLoadIds);
        const manifests: PackageManifest[] = [];
        for (const name of names) {
          signal.throwIfAborted();
          const files = packageFiles(folder, name);
          const manifest = await readManifest(files, name);
          if (manifest === undefined) throw new PackageDamagedError(name, files.folder, "it has no manifest.json");
          manifests.push(manifest);
        }
        return manifests;
      } catch (error) {
        if (systemCode(error) === "ENOENT") return [];
        throw packageStoreError(error, folder);
      }
    },
  };
}
