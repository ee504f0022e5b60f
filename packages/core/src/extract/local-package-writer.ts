import { createHash, type Hash } from "node:crypto";
import type { Clock } from "../async/clock.ts";
import { TypeloadError } from "../errors.ts";
import type { Partition, PartitionVerdict } from "../source/partition.ts";
import type {
  FinishedResource,
  LoggedPage,
  LoggedPartition,
  PackageHead,
  PackageManifest,
  PackageWriter,
} from "./load-package.ts";
import type { LogFile } from "./log-file.ts";
import { encodeFrame, type LogFrame } from "./log-frame.ts";
import { packageStoreError } from "./package-errors.ts";
import { writeManifest } from "./package-folder.ts";

/** What a power cut may cost at most, besides the partition that is being read: partitions are made durable this often, and at the seal. */
const syncBytes = 16 * 1024 * 1024;
const syncMilliseconds = 2_000;

/** What {@link LocalPackageWriter} works on. */
export interface LocalPackageWriterOptions {
  readonly loadId: string;
  readonly head: PackageHead;
  readonly files: { readonly folder: string; readonly log: string; readonly manifest: string };
  readonly file: LogFile;
  readonly clock: Clock;
}

/** Writes one package to its folder. A failed write leaves it as it was after its last complete partition. */
export class LocalPackageWriter implements PackageWriter {
  readonly #options: LocalPackageWriterOptions;
  readonly #partitions: LoggedPartition[] = [];
  #written = 0;
  #hash: Hash = createHash("sha256");
  /** Where the last complete partition ends: what comes after it does not count. */
  #complete: { readonly bytes: number; readonly pages: number; readonly hash: Hash };
  #open = { pages: 0, bytes: 0 };
  #synced: { bytes: number; at: number };
  #state: "open" | "broken" | "sealed" | "closed" = "open";

  private constructor(options: LocalPackageWriterOptions) {
    this.#options = options;
    this.#complete = { bytes: 0, pages: 0, hash: this.#hash };
    this.#synced = { bytes: 0, at: options.clock.now() };
  }

  static async begin(options: LocalPackageWriterOptions): Promise<LocalPackageWriter> {
    const writer = new LocalPackageWriter(options);
    await writer.#write({ kind: "head", header: { formatVersion: 1, loadId: options.loadId, ...options.head } });
    writer.#complete = { bytes: writer.#written, pages: 0, hash: writer.#hash.copy() };
    return writer;
  }

  get loadId(): string {
    return this.#options.loadId;
  }

  get bytes(): number {
    return this.#written;
  }

  get partitions(): number {
    return this.#partitions.length;
  }

  async append({ bytes, ...header }: Omit<LoggedPage, "sequence">): Promise<void> {
    await this.#write({ kind: "page", header, body: bytes });
    this.#open.pages++;
    this.#open.bytes += bytes.length;
  }

  async endPartition(resource: string, partition: Partition, verdict: PartitionVerdict, state?: string): Promise<void> {
    const logged: LoggedPartition = { resource, partition, verdict, state, ...this.#open };
    await this.#write({ kind: "partition", header: logged });
    this.#partitions.push(logged);
    this.#complete = {
      bytes: this.#written,
      pages: this.#complete.pages + this.#open.pages,
      hash: this.#hash.copy(),
    };
    this.#open = { pages: 0, bytes: 0 };
    const { clock, file } = this.#options;
    if (this.#written - this.#synced.bytes < syncBytes && clock.now() - this.#synced.at < syncMilliseconds) return;
    await this.#guarded(() => file.sync());
    this.#synced = { bytes: this.#written, at: clock.now() };
  }

  async seal(finishedResources: readonly FinishedResource[]): Promise<PackageManifest> {
    if (this.#state === "sealed" || this.#state === "closed") throw this.#over("seal");
    const { files, file, head, loadId } = this.#options;
    const manifest: PackageManifest = {
      formatVersion: 1,
      loadId,
      ...head,
      partitions: [...this.#partitions],
      pages: this.#complete.pages,
      bytes: this.#complete.bytes,
      checksum: this.#complete.hash.digest("hex"),
      finishedResources,
    };
    this.#state = "sealed";
    try {
      // Pages of a partition that never came to its end, or a frame that was cut off by a full disk.
      await file.truncate(manifest.bytes);
      await file.sync();
      await writeManifest(files, manifest);
    } catch (error) {
      throw packageStoreError(error, files.folder);
    }
    return manifest;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#state === "closed") return;
    this.#state = "closed";
    await this.#options.file[Symbol.asyncDispose]();
  }

  async #write(frame: LogFrame): Promise<void> {
    if (this.#state !== "open") throw this.#over("append");
    const parts = encodeFrame(frame);
    await this.#guarded(() => this.#options.file.append(parts));
    for (const part of parts) {
      this.#hash.update(part);
      this.#written += part.length;
    }
  }

  async #guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#state = "broken";
      throw packageStoreError(error, this.#options.files.folder);
    }
  }

  #over(what: string): TypeloadError {
    return new TypeloadError(`load package ${this.loadId} is ${this.#state}: ${what} came too late`, {
      code: "package_closed",
    });
  }
}
