import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createPipeline, systemClock } from "@typeload/core";
import type { Clock, Pipeline, PipelineOptions, RunOptions, RunReport } from "@typeload/core";
import { startCliengoSimulator } from "@typeload/cliengo-simulator";
import type { CliengoSimulator, SimulatorOptions } from "@typeload/cliengo-simulator";
import { duckdb } from "@typeload/destination-duckdb";
import { postgres } from "@typeload/destination-postgres";
import { cliengoSource } from "@typeload/source-cliengo";
import type { CliengoResourceName, CliengoSourceOptions } from "@typeload/source-cliengo";
import { dataset } from "./plain-database.ts";
import type { PlainDatabase } from "./plain-database.ts";
import { plainDuckdb } from "./plain-duckdb.ts";
import { plainPostgres } from "./plain-postgres.ts";

/** What a trial begins with. */
export interface TrialOptions {
  readonly simulator?: SimulatorOptions | undefined;
  /** The URL of an empty Postgres database. Default: a DuckDB file. */
  readonly postgres?: string | undefined;
  readonly pipeline?: Partial<PipelineOptions> | undefined;
}

/** One run. */
export interface TrialRun extends Omit<RunOptions, "resources"> {
  readonly source?: CliengoSourceOptions<CliengoResourceName> | undefined;
}

/** A simulated account, a pipeline, and the database it loads into: all of it goes when the trial is disposed. */
export interface CliengoTrial extends AsyncDisposable {
  readonly simulator: CliengoSimulator;
  readonly folder: string;
  /** Where packages wait. */
  readonly workingDirectory: string;
  readonly database: PlainDatabase;
  /** A pipeline as a new process would make it. */
  pipeline(options?: Partial<PipelineOptions>): Pipeline;
  run(run?: TrialRun): Promise<RunReport>;
}

/** The present of every trial: long past on whatever machine the test runs, so that all windows but the newest are over. */
export const present = "2025-01-01T00:00:00Z";

export async function openTrial(options: TrialOptions = {}): Promise<CliengoTrial> {
  const folder = await mkdtemp(join(tmpdir(), "typeload-trial-"));
  const simulator = await startCliengoSimulator({ seed: 7, now: present, ...options.simulator });
  const workingDirectory = join(folder, "work");
  const path = join(folder, "cliengo.duckdb");
  const pipeline = (more: Partial<PipelineOptions> = {}): Pipeline =>
    createPipeline({
      name: "cliengo",
      destination: options.postgres === undefined ? duckdb({ path }) : postgres(options.postgres),
      dataset,
      workingDirectory,
      clock: trialClock(),
      ...options.pipeline,
      ...more,
    });
  return {
    simulator,
    folder,
    workingDirectory,
    database: options.postgres === undefined ? plainDuckdb(path) : plainPostgres(options.postgres),
    pipeline,
    run: ({ source, ...run } = {}) => pipeline().run(trialSource(simulator, source), run),
    async [Symbol.asyncDispose]() {
      await simulator.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The source as a user has it, but for waits: retries come at once. */
export function trialSource(
  simulator: Pick<CliengoSimulator, "apiKey" | "url">,
  options: CliengoSourceOptions<CliengoResourceName> = {},
): ReturnType<typeof cliengoSource<CliengoResourceName>> {
  return cliengoSource<CliengoResourceName>({
    apiKey: simulator.apiKey,
    baseUrl: simulator.url,
    rateLimit: false,
    retry: { baseDelay: 1, maxDelay: 4, maxRetryAfter: 50 },
    ...options,
  });
}

/** A clock that starts a minute after the account's present and goes on as the machine's does. */
export function trialClock(): Clock {
  const started = systemClock.now();
  return {
    now: () => Date.parse(present) + 60_000 + systemClock.now() - started,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds, signal),
  };
}

/** Waits for a failure; a test fails where the work succeeds. */
export async function failureOf(work: PromiseLike<unknown>): Promise<Error> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("It succeeded.");
}
