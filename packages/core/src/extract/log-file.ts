import { open } from "node:fs/promises";

/** The file a package's log is written to: it only grows, except when it is cut back. */
export interface LogFile extends AsyncDisposable {
  append(parts: readonly Uint8Array[]): Promise<void>;
  /** Makes everything that was appended survive a power cut. */
  sync(): Promise<void>;
  /** Cuts the end off; what is appended next comes after `length` bytes. */
  truncate(length: number): Promise<void>;
}

/** Makes a new log file, readable by this user alone. Fails when it exists. */
export async function createLogFile(path: string): Promise<LogFile> {
  const handle = await open(path, "wx", 0o600);
  let end = 0;
  return {
    async append(parts) {
      const { bytesWritten } = await handle.writev(parts, end);
      end += bytesWritten;
      if (bytesWritten === parts.reduce((sum, part) => sum + part.length, 0)) return;
      // A write may stop short of the end, near the limit of a disk for instance.
      const rest = Buffer.concat(parts).subarray(bytesWritten);
      for (let done = 0; done < rest.length;) {
        const written = await handle.write(rest, done, rest.length - done, end);
        done += written.bytesWritten;
        end += written.bytesWritten;
      }
    },
    sync: () => handle.datasync(),
    async truncate(length) {
      await handle.truncate(length);
      end = length;
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}
