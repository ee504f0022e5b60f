import { type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { ParentRecord } from "../source/resource.ts";
import { packageStoreError } from "./package-errors.ts";
import { makePrivateFolder } from "./package-folder.ts";

const flushBytes = 256 * 1024;

/**
 * Keeps what children want to know of their parents' records in a file, so that memory does not grow with their number. Written while the
 * parent is read, read back when a child plans, deleted with the run.
 */
export class ParentSpool implements AsyncDisposable {
  /** Removes what runs that were killed left behind. For a run that has the working directory to itself. */
  static async clear(spools: string): Promise<void> {
    try {
      await rm(spools, { recursive: true, force: true });
    } catch (error) {
      throw packageStoreError(error, spools);
    }
  }

  readonly #folder: string;
  readonly #files = new Map<string, { readonly path: string; readonly handle: FileHandle; lines: string }>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async add(resource: string, records: readonly ParentRecord[]): Promise<void> {
    if (records.length === 0) return;
    try {
      const file = this.#files.get(resource) ?? (await this.#open(resource));
      for (const record of records) file.lines += `${JSON.stringify(record)}\n`;
      if (file.lines.length >= flushBytes) await this.#flush(file);
    } catch (error) {
      throw packageStoreError(error, this.#folder);
    }
  }

  /** What was added for a resource, in that order. */
  async *records(resource: string, signal: AbortSignal): AsyncGenerator<ParentRecord, void, undefined> {
    const file = this.#files.get(resource);
    if (file === undefined) return;
    await this.#flush(file);
    await using handle = await open(file.path, "r");
    const decoder = new TextDecoder();
    const chunk = new Uint8Array(flushBytes);
    for (let rest = "", position = 0; ;) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      const lines = (rest + decoder.decode(chunk.subarray(0, bytesRead), { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) yield JSON.parse(line) as ParentRecord; // written by `add`
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { handle } of this.#files.values()) await handle.close();
    this.#files.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #open(resource: string) {
    await makePrivateFolder(this.#folder);
    const path = join(this.#folder, `${this.#files.size}.ndjson`);
    const file = { path, handle: await open(path, "wx", 0o600), lines: "" };
    this.#files.set(resource, file);
    return file;
  }

  async #flush(file: { readonly handle: FileHandle; lines: string }): Promise<void> {
    const { lines } = file;
    file.lines = "";
    await file.handle.appendFile(lines);
  }
}
