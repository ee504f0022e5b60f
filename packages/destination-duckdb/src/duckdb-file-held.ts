import { readdirSync, readFileSync, statSync } from "node:fs";
import { DestinationError } from "@typeload/core";

/** `O_RDONLY | O_WRONLY | O_RDWR` of open(2): the bits that say what a descriptor may do. */
const accessBits = 0o3;

/**
 * Refuses a file that something else in this process has open for writing, most likely a DuckDB instance of the program's own. The file's
 * lock belongs to the process and so keeps no second instance out; both would write the same blocks and destroy the file, and closing either
 * gives the lock of both away.
 *
 * Looks at the descriptors of the process, so it sees other threads too, and needs `/proc`: elsewhere it refuses nothing. Whoever only reads
 * is let be.
 * @throws DestinationError `file_in_use` (retryable).
 */
export function refuseHeldFile(file: string): void {
  const held = [file, `${file}.wal`].find(isOpenForWriting);
  if (held === undefined) return;
  throw new DestinationError(
    `${file}: ${held === file ? "this process has it open already" : `this process has its log ${held} open already`}, probably by a ` +
      `DuckDB instance of its own. Two instances in one process destroy the file, and DuckDB's lock does not keep them apart. ` +
      `Close that instance (instance.closeSync(), after its connections and results) and run again; between runs of typeload the file is free.`,
    { code: "file_in_use", retryable: true },
  );
}

function isOpenForWriting(path: string): boolean {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  // Devices and folders are refused by DuckDB itself.
  if (file?.isFile() !== true) return false;
  return openDescriptors().some((descriptor) => {
    try {
      const opened = statSync(`/proc/self/fd/${descriptor}`, { bigint: true });
      if (opened.dev !== file.dev || opened.ino !== file.ino) return false;
      const [, flags = "2"] =
        /^flags:\s*([0-7]+)$/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8")) ?? [];
      return (Number.parseInt(flags, 8) & accessBits) !== 0;
    } catch {
      // Closed since it was listed.
      return false;
    }
  });
}

function openDescriptors(): readonly string[] {
  try {
    return readdirSync("/proc/self/fd");
  } catch {
    return [];
  }
}
