import { TypeloadError } from "../errors.ts";

/** A load package on disk is not what was written: a checksum does not hold, or something is missing. Nothing of it is loaded. */
export class PackageDamagedError extends TypeloadError {
  readonly loadId: string;

  constructor(loadId: string, folder: string, what: string) {
    super(
      `load package ${loadId} in ${folder} is damaged: ${what}. Nothing of it was loaded. Move the folder away to go on; ` +
        "the next run reads from the source again what it held",
      { code: "package_damaged" },
    );
    this.loadId = loadId;
  }
}

/** Load packages cannot be written or read: the disk is full, or the folder does not allow it. */
export class PackageStoreError extends TypeloadError {
  readonly path: string;

  constructor(message: string, options: { readonly code: string; readonly path: string; readonly cause: unknown }) {
    super(message, { code: options.code, cause: options.cause, retryable: options.code === "disk_full" });
    this.path = options.path;
  }
}

const full = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);
const forbidden = new Set(["EACCES", "EPERM", "EROFS", "EISDIR", "ENAMETOOLONG"]);
const inTheWay = new Set(["ENOTDIR", "EEXIST"]);

/** Says of a failure of the file system where it was and what to do. Other errors, and those that say it already, pass as they are. */
export function packageStoreError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (full.has(code)) {
    return new PackageStoreError(
      `no space left for the load package in ${path} (${code}): free some space, or set workingDirectory to a bigger disk, and run again. ` +
        "Partitions that were complete are kept and loaded by the next run",
      { code: "disk_full", path, cause: error },
    );
  }
  if (inTheWay.has(code)) {
    return new PackageStoreError(
      `${path} cannot be a folder (${code}): a file stands there, or at a folder above it. Move the file away, or set workingDirectory to another folder`,
      { code: "folder_not_writable", path, cause: error },
    );
  }
  if (forbidden.has(code)) {
    return new PackageStoreError(
      `${path} cannot be written (${code}): give this user the right to write there, or set workingDirectory to a folder that allows it`,
      { code: "folder_not_writable", path, cause: error },
    );
  }
  return new PackageStoreError(`${path} cannot be used (${code}): look at the disk and at the folder, then run again`, {
    code: "package_store",
    path,
    cause: error,
  });
}

/** The code of an error of the operating system (`ENOENT`), if it is one. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
