import { join, resolve } from "node:path";
import { type Clock, systemClock } from "../async/clock.ts";
import { type Random, systemRandom } from "../async/random.ts";
import type { Destination } from "../destination/destination.ts";
import { ConfigurationError } from "../errors.ts";
import { type KeptPackages, keptPackages } from "../extract/kept-packages.ts";
import { localPackageStore } from "../extract/local-package-store.ts";
import type { PackageStore } from "../extract/load-package.ts";
import { datasetName } from "../normalize/name-identifiers.ts";

/** Options of {@link createPipeline}. */
export interface PipelineOptions {
  /** Names the working directory, the state and the lease; the same in every run that goes on where the last one ended. */
  readonly name: string;
  readonly destination: Destination;
  /** The dataset (schema) to load into; normalized as a name of the destination. Default: `<name>_dataset`, as dlt. */
  readonly dataset?: string | undefined;
  /** Where load packages wait between reading and commit. Holds personal data: for this user alone. Default: `.typeload/<name>`. */
  readonly workingDirectory?: string | undefined;
  /** Keep packages after their commit, in `<workingDirectory>/loaded`, to look at them or to replay them. Default `false`. */
  readonly keepPackages?: boolean | undefined;
  /** When packages are closed, at the end of a partition. */
  readonly packages?:
    | {
        /** Default 64 MiB. */
        readonly maxBytes?: number | undefined;
        /** Default 300 (five minutes). */
        readonly maxSeconds?: number | undefined;
        /** Default 20,000. */
        readonly maxPartitions?: number | undefined;
      }
    | undefined;
  /** After an abort, how many seconds the loading of what was read completely may still take. Default 30. */
  readonly graceSeconds?: number | undefined;
  /** Bytes of pages that may wait in memory, because an earlier partition is slower. Default 32 MiB. */
  readonly windowBytes?: number | undefined;
  readonly clock?: Clock | undefined;
  readonly random?: Random | undefined;
  /** Default: files in the working directory. */
  readonly packageStore?: PackageStore | undefined;
}

/** The options with their defaults, checked. */
export interface PipelineSettings {
  readonly name: string;
  readonly destination: Destination;
  readonly dataset: string;
  readonly workingDirectory: string;
  readonly limits: { readonly bytes: number; readonly seconds: number; readonly partitions: number };
  readonly graceSeconds: number;
  readonly windowBytes: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly store: PackageStore;
  /** What `keepPackages` kept; undefined with a package store of one's own. */
  readonly kept: KeptPackages | undefined;
}

/** @throws ConfigurationError for an option that cannot work. */
export function pipelineSettings(options: PipelineOptions): PipelineSettings {
  const { name, destination } = options;
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(name)) {
    throw new ConfigurationError(
      `pipeline name ${JSON.stringify(name)}: 1 to 64 letters, digits, "_", "-" or ".", because a folder is named after it`,
    );
  }
  if (typeof destination?.open !== "function") {
    throw new ConfigurationError(`pipeline "${name}" needs a destination, for example duckdb({ path: "data.duckdb" })`);
  }
  const workingDirectory = resolve(options.workingDirectory ?? join(".typeload", name));
  const clock = options.clock ?? systemClock;
  const dataset = options.dataset ?? `${name}_dataset`;
  const packages = options.packages ?? {};
  return {
    name,
    destination,
    dataset: datasetName(dataset, destination.capabilities),
    workingDirectory,
    limits: {
      bytes: positive("packages.maxBytes", packages.maxBytes, 64 * 1024 * 1024),
      seconds: positive("packages.maxSeconds", packages.maxSeconds, 300),
      partitions: positive("packages.maxPartitions", packages.maxPartitions, 20_000),
    },
    graceSeconds: positive("graceSeconds", options.graceSeconds, 30),
    windowBytes: positive("windowBytes", options.windowBytes, 32 * 1024 * 1024),
    clock,
    random: options.random ?? systemRandom,
    kept: options.packageStore === undefined ? keptPackages(join(workingDirectory, "loaded")) : undefined,
    store:
      options.packageStore ??
      localPackageStore({
        folder: join(workingDirectory, "packages"),
        rejectedIn: join(workingDirectory, "rejected"),
        keepIn: options.keepPackages === true ? join(workingDirectory, "loaded") : undefined,
        clock,
      }),
  };
}

function positive(option: string, value: number | undefined, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!(value > 0)) throw new ConfigurationError(`${option} must be a number above 0, it is ${value}`);
  return value;
}
