import { ConfigurationError } from "@typeload/core";

/** Options of {@link duckdb}. */
export interface DuckDbOptions {
  /**
   * Path of the database file; its folder must exist, the file need not. `":memory:"` keeps everything in memory for as long as the
   * destination object lives: for tests and notebooks.
   */
  readonly path: string;
  /** Memory DuckDB may use before it spills to `<path>.tmp`, in its own notation (`"256MB"`, `"2GB"`). Default `"256MB"`. */
  readonly memoryLimit?: string | undefined;
  /** Threads DuckDB may use. Default: as many as the machine has cores. */
  readonly threads?: number | undefined;
  /**
   * How long to wait for the file while another process, or another session of this one, has it open; 0 to 600 seconds, default 10.
   */
  readonly lockWaitSeconds?: number | undefined;
}

/** Options with their defaults. */
export interface ResolvedOptions {
  readonly path: string;
  readonly inMemory: boolean;
  readonly memoryLimit: string;
  readonly threads: number | undefined;
  readonly lockWaitSeconds: number;
}

const size = /^\d+(\.\d+)?\s*(B|[KMGT]i?B)$/i;

/** Fills in defaults. Throws a `ConfigurationError` that names the option. */
export function resolveOptions(options: DuckDbOptions): ResolvedOptions {
  const { path, memoryLimit = "256MB", threads, lockWaitSeconds = 10 } = options;
  if (typeof path !== "string" || path === "") {
    throw new ConfigurationError('duckdb({ path }): give the path of the database file, for example "data.duckdb"');
  }
  if (/^[a-z0-9+]{2,}:/i.test(path)) {
    throw new ConfigurationError(
      `duckdb({ path }): "${path.replace(/:.*$/s, ":")}…" is not a file path; only local files can be opened`,
    );
  }
  if (!size.test(memoryLimit)) {
    throw new ConfigurationError(
      `duckdb({ memoryLimit }): "${memoryLimit}" is not a size; write it like "256MB" or "2GB"`,
    );
  }
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1)) {
    throw new ConfigurationError(`duckdb({ threads }): ${threads} is not a whole number from 1`);
  }
  if (!(lockWaitSeconds >= 0 && lockWaitSeconds <= 600)) {
    throw new ConfigurationError(`duckdb({ lockWaitSeconds }): ${lockWaitSeconds} is not between 0 and 600`);
  }
  return { path, inMemory: path === ":memory:", memoryLimit, threads, lockWaitSeconds };
}
