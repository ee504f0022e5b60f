import { createHash } from "node:crypto";
import { truncate } from "node:fs/promises";
import type { LoggedPartition, PackageManifest } from "./load-package.ts";
import { writeManifest } from "./package-folder.ts";
import { readLog } from "./read-log.ts";

/**
 * Makes a package out of a log that was never sealed, because its process died: everything up to the end of the last partition that is
 * complete and whose checksums hold. Gives undefined when there is no such partition.
 */
export async function salvagePackage(
  loadId: string,
  files: { readonly folder: string; readonly log: string; readonly manifest: string },
  signal: AbortSignal,
): Promise<PackageManifest | undefined> {
  const partitions: LoggedPartition[] = [];
  const hash = createHash("sha256");
  let head: Pick<PackageManifest, "runId" | "pipeline" | "source" | "destination" | "dataset"> | undefined;
  let complete = { bytes: 0, checksum: "" };
  for await (const { frame, raw, end } of readLog(files.log, signal)) {
    for (const part of raw) hash.update(part);
    if (frame.kind === "head") {
      if (frame.header.loadId !== loadId) break;
      const { runId, pipeline, source, destination, dataset } = frame.header;
      head = { runId, pipeline, source, destination, dataset };
    } else if (head === undefined) {
      break;
    } else if (frame.kind === "partition") {
      partitions.push(frame.header);
      complete = { bytes: end, checksum: hash.copy().digest("hex") };
    }
  }
  if (head === undefined || partitions.length === 0) return undefined;
  await truncate(files.log, complete.bytes);
  const manifest: PackageManifest = {
    formatVersion: 1,
    loadId,
    ...head,
    partitions,
    pages: partitions.reduce((sum, { pages }) => sum + pages, 0),
    ...complete,
    // Which resources were read to their end was only known to the process that died.
    finishedResources: [],
  };
  await writeManifest(files, manifest);
  return manifest;
}
