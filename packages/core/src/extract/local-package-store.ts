import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, systemClock } from "../async/clock.ts";
import type {
  LoggedPage,
  PackageHead,
  PackageManifest,
  PackageStore,
  PackageWriter,
  SetAsidePackage,
} from "./load-package.ts";
import { compareLoadIds, isLoadId } from "./load-id.ts";
import { LocalPackageWriter } from "./local-package-writer.ts";
import { createLogFile, type LogFile } from "./log-file.ts";
import { PackageDamagedError, packageStoreError, systemCode } from "./package-errors.ts";
import { makePrivateFolder, packageFiles, syncFolder } from "./package-folder.ts";
import { readManifest, readPackage } from "./read-package.ts";
import { salvagePackage } from "./salvage-package.ts";

/** Options of {@link localPackageStore}. */
export interface LocalPackageStoreOptions {
  /** The folder of the packages; made when it is missing, for this user alone (0700, files 0600). */
  readonly folder: string;
  /** Where packages go that can never be loaded; the newest ten are kept. Default: `<folder>.rejected`. */
  readonly rejectedIn?: string | undefined;
  /** Where packages go when they are removed, to look at them later. Default: they are deleted. */
  readonly keepIn?: string | undefined;
  readonly clock?: Clock | undefined;
  /** How a log file is made; for tests of full disks. */
  readonly createFile?: ((path: string) => Promise<LogFile>) | undefined;
}

/**
 * Keeps load packages in a folder: `<folder>/<load id>/pages.log` and, once sealed, `manifest.json`.
 *
 * Every page and every end of a partition is a frame with its length and checksum, so a log that was cut anywhere gives back its whole
 * partitions and nothing else. One process at a time may use a folder (the pipeline holds a lock).
 *
 * @throws PackageStoreError when the disk is full or the folder cannot be written.
 * @throws PackageDamagedError when a sealed package is not what was written.
 */
export function localPackageStore(options: LocalPackageStoreOptions): PackageStore {
  return new LocalPackageStore(options);
}

/** So many packages that could not be loaded are kept, so that an API that answers nonsense every night does not fill the disk. */
const keptRejected = 10;

class LocalPackageStore implements PackageStore {
  readonly #folder: string;
  readonly #rejectedIn: string;
  readonly #keepIn: string | undefined;
  readonly #clock: Clock;
  readonly #createFile: (path: string) => Promise<LogFile>;

  constructor(options: LocalPackageStoreOptions) {
    this.#folder = options.folder;
    this.#rejectedIn = options.rejectedIn ?? `${options.folder}.rejected`;
    this.#keepIn = options.keepIn;
    this.#clock = options.clock ?? systemClock;
    this.#createFile = options.createFile ?? createLogFile;
  }

  get location(): string {
    return this.#folder;
  }

  async create(loadId: string, head: PackageHead): Promise<PackageWriter> {
    const files = packageFiles(this.#folder, loadId);
    return this.#explained(files.folder, async () => {
      await makePrivateFolder(files.folder);
      await syncFolder(this.#folder);
      const file = await this.#createFile(files.log);
      try {
        return await LocalPackageWriter.begin({ loadId, head, files, file, clock: this.#clock });
      } catch (error) {
        await file[Symbol.asyncDispose]();
        throw error;
      }
    });
  }

  async pending(
    signal: AbortSignal,
    onSetAside?: (aside: SetAsidePackage) => void,
  ): Promise<readonly PackageManifest[]> {
    return this.#explained(this.#folder, async () => {
      const manifests: PackageManifest[] = [];
      for (const name of (await this.#names()).toSorted(compareLoadIds)) {
        signal.throwIfAborted();
        try {
          const manifest = await this.#manifestOrSalvage(name, signal);
          if (manifest === undefined) await rm(join(this.#folder, name), { recursive: true });
          else manifests.push(manifest);
        } catch (error) {
          if (!(error instanceof PackageDamagedError)) throw error;
          onSetAside?.({ loadId: name, location: await this.setAside(name), message: error.message });
        }
      }
      return manifests;
    });
  }

  read(loadId: string, signal: AbortSignal): AsyncIterable<LoggedPage> {
    return readPackage(packageFiles(this.#folder, loadId), loadId, signal);
  }

  async remove(loadId: string): Promise<void> {
    const { folder } = packageFiles(this.#folder, loadId);
    await this.#explained(folder, async () => {
      if (this.#keepIn !== undefined) await makePrivateFolder(this.#keepIn);
      // In one step: a folder that is half deleted would look like a package that was never sealed.
      const away = this.#keepIn === undefined ? `${folder}.removed` : join(this.#keepIn, loadId);
      try {
        await rename(folder, away);
      } catch (error) {
        if (systemCode(error) === "ENOENT") return;
        throw error;
      }
      if (this.#keepIn === undefined) await rm(away, { recursive: true });
    });
  }

  async setAside(loadId: string): Promise<string> {
    const place = join(this.#rejectedIn, loadId);
    await this.#explained(place, async () => {
      await makePrivateFolder(this.#rejectedIn);
      await rename(packageFiles(this.#folder, loadId).folder, place);
      const all = (await readdir(this.#rejectedIn)).filter(isLoadId).toSorted(compareLoadIds);
      for (const old of all.slice(0, -keptRejected)) await rm(join(this.#rejectedIn, old), { recursive: true });
    });
    return place;
  }

  async #names(): Promise<string[]> {
    let names: string[];
    try {
      names = await readdir(this.#folder);
    } catch (error) {
      if (systemCode(error) === "ENOENT") return [];
      throw error;
    }
    for (const name of names) {
      if (name.endsWith(".removed")) await rm(join(this.#folder, name), { recursive: true });
    }
    return names.filter(isLoadId);
  }

  async #manifestOrSalvage(loadId: string, signal: AbortSignal): Promise<PackageManifest | undefined> {
    const sealed = await readManifest(packageFiles(this.#folder, loadId), loadId);
    if (sealed !== undefined) return sealed;
    try {
      return await salvagePackage(loadId, packageFiles(this.#folder, loadId), signal);
    } catch (error) {
      if (systemCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  async #explained<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw packageStoreError(error, path);
    }
  }
}
