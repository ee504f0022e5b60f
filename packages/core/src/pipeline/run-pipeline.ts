import { join } from "node:path";
import { randomToken } from "../async/random.ts";
import type { Destination } from "../destination/destination.ts";
import { isWeaker } from "../extract/combine-verdicts.ts";
import type { KeptPackages } from "../extract/kept-packages.ts";
import type { PackageHead, PackageManifest, PackageStore } from "../extract/load-package.ts";
import { PackageSequence } from "../extract/package-sequence.ts";
import { ParentSpool } from "../extract/parent-spool.ts";
import { ResourceTally } from "../extract/resource-tally.ts";
import { PackageLoader } from "../load/package-loader.ts";
import { makeNaming, normalizeIdentifier } from "../normalize/name-identifiers.ts";
import { emptySchema } from "../schema/store-schema.ts";
import type { Resource, Source } from "../source/resource.ts";
import { checkDestination } from "./check-destination.ts";
import { checkIdentity } from "./check-identity.ts";
import { EventSink } from "./event-sink.ts";
import { lockWorkingDirectory } from "./lock-working-directory.ts";
import { PipelineRunError } from "./pipeline-run-error.ts";
import type { PipelineSettings } from "./pipeline-settings.ts";
import { unpackState } from "./pipeline-state.ts";
import { readAndLoad } from "./read-and-load.ts";
import { ReportBuilder } from "./report-builder.ts";
import { resumePackages } from "./resume-packages.ts";
import { IncompleteError } from "./run-errors.ts";
import { type RunOptions, checkRunOptions } from "./run-options.ts";
import type { RunReport } from "./run-report.ts";
import { RunSignals } from "./run-signals.ts";
import { selectResources } from "./select-resources.ts";
import { tallyPackages } from "./tally-packages.ts";
import { StoredState } from "./stored-state.ts";
import { withLease } from "./with-lease.ts";

/**
 * One run, from what is stored to the report:
 *
 * 1. check what was asked for, before anything moves;
 * 2. lock the working directory, take the lease, read what is stored;
 * 3. load packages that an earlier run left on disk;
 * 4. read the source, partition by partition, into new packages, and load each one while the next is read;
 * 5. give the lease back, and report.
 */
export async function runPipeline(settings: PipelineSettings, source: Source, options: RunOptions): Promise<RunReport> {
  checkRunOptions(options);
  return await runOnce(settings, source, options, { resources: selectResources(source, options.resources) });
}

/** What a run does. */
export interface RunWork {
  /** Parents before children. */
  readonly resources: readonly Resource[];
  /** Load these packages, and read nothing. */
  readonly replay?: { readonly kept: KeptPackages; readonly manifests: readonly PackageManifest[] };
}

/** A run of either kind; see {@link runPipeline}. */
export async function runOnce(
  settings: PipelineSettings,
  source: Source,
  options: RunOptions,
  { resources: selected, replay }: RunWork,
): Promise<RunReport> {
  const { name: pipeline, destination, dataset, clock, random, workingDirectory } = settings;
  const store = replay === undefined ? settings.store : untouched(replay.kept);
  checkDestination(destination, selected);

  const runId = randomToken(random);
  const started = new Date(clock.now());
  const events = new EventSink(options.onEvent);
  const tallies = tally(selected);
  const schemaName = normalizeIdentifier(source.name);
  const place = `${destination.name} ${destination.location}`;
  const head = { runId, pipeline, source: source.name, destination: place, dataset };
  const reported = { ...head, destination: { name: destination.name, location: destination.location } };
  const report = new ReportBuilder(reported, tallies, rootTables(selected, destination), clock);

  using signals = new RunSignals({ ...options, signal: options.signal, maxSeconds: options.maxSeconds, ...settings });
  await using _lock = await lockWorkingDirectory(workingDirectory, started, options.takeOver);
  const spools = join(workingDirectory, "spool");
  await ParentSpool.clear(spools);
  events.emit({ type: "run-started", runId, pipeline, resources: [...tallies.keys()] });
  try {
    signals.read.throwIfAborted();
    const left = await settings.store.pending(signals.read, (aside) => {
      report.setAside(aside.loadId);
      events.emit({ type: "package-set-aside", ...aside });
    });
    const pending = replay?.manifests ?? left.filter((manifest) => isOurs(manifest, head));
    if (replay !== undefined) tallyPackages(replay.manifests, tallies);
    const claim = { pipeline, token: randomToken(random), runId, started, takeOver: options.takeOver ?? false };
    const request = {
      pipeline,
      schemaName,
      loadIds: pending.map(({ loadId }) => loadId),
      resources: source.resources.map(({ name }) => name),
    };
    await withLease(settings, claim, request, signals, async (keeper, stored) => {
      const before = stored.state && unpackState(stored.state.text);
      const identity = await checkIdentity({
        ...head,
        source,
        schemaName,
        state: before,
        pending,
        signal: signals.read,
      });
      const newState = { pipeline, dataset, schemaName, destinationType: destination.dltType };
      const state = new StoredState(before, newState, identity, clock);
      const loader = new PackageLoader({
        capabilities: destination.capabilities,
        pipeline,
        runId,
        keeper,
        store,
        clock,
        random,
        resources: new Map(source.resources.map((resource) => [resource.name, resource])),
        schema: stored.schema ?? emptySchema(schemaName),
        pendingState: (loadId, partitions) => state.pending(loadId, partitions),
        stateStored: () => state.stored(),
        batchStaged: (loadId, table, rows) => events.emit({ type: "batch-staged", loadId, table, rows }),
      });
      const origin = replay === undefined ? "resumed" : "replayed";
      const committed = await resumePackages({ origin, pending, stored, store, loader, signals, report, events });
      if (replay !== undefined) return;

      await using spool = new ParentSpool(join(spools, runId));
      const refused = await readAndLoad({
        loader,
        tallies,
        committed,
        spool,
        signals,
        report,
        events,
        clock,
        windowBytes: settings.windowBytes,
        resourceState: (resource) => state.resource(resource),
        requiredCompleteness: options.completeness !== undefined,
        makePackages: (sealed) =>
          new PackageSequence({
            store: settings.store,
            head: { ...head, identity, transforms: transformNames(selected) },
            limits: settings.limits,
            clock,
            random,
            sealed,
            takenLoadIds: [stored.greatestLoadId, ...left.map(({ loadId }) => loadId)],
          }),
      });
      if (refused !== undefined) throw refused;
    });
    requireCompleteness(options, tallies);
    await events.settled(signals.load);
    const finished = report.report();
    events.emit({ type: "run-finished", runId, seconds: finished.seconds });
    await events.settled(signals.load);
    return finished;
  } catch (error) {
    throw new PipelineRunError(failureMessage(pipeline, report.report(), error), {
      report: report.report(),
      cause: error,
    });
  }
}

/** Kept packages as the loader needs them: nothing is removed or moved. */
function untouched({ location, read }: KeptPackages): Pick<PackageStore, "location" | "read" | "remove" | "setAside"> {
  return { location, read, remove: async () => {}, setAside: (loadId) => Promise.resolve(join(location, loadId)) };
}

function tally(selected: readonly Resource[]): ReadonlyMap<string, ResourceTally> {
  const tallies = new Map<string, ResourceTally>();
  for (const resource of selected) {
    const { parent } = resource;
    tallies.set(resource.name, new ResourceTally(resource, parent && tallies.get(parent.resource)));
  }
  return tallies;
}

function transformNames(resources: readonly Resource[]): PackageHead["transforms"] {
  const named = resources.flatMap(({ name, transforms = [] }) =>
    transforms.length === 0 ? [] : [[name, transforms.map((step) => step.name)] as const],
  );
  return named.length === 0 ? undefined : Object.fromEntries(named);
}

function rootTables(resources: readonly Resource[], { capabilities }: Destination): ReadonlyMap<string, string> {
  const naming = makeNaming(capabilities);
  return new Map(resources.map(({ name, tableName }) => [name, naming.table([], tableName)]));
}

/** A package that was meant for another source, destination or dataset waits for a run of that kind. */
function isOurs(
  manifest: PackageManifest,
  head: Pick<PackageManifest, "pipeline" | "source" | "destination" | "dataset">,
) {
  return (["pipeline", "source", "destination", "dataset"] as const).every((key) => manifest[key] === head[key]);
}

function requireCompleteness({ completeness }: RunOptions, tallies: ReadonlyMap<string, ResourceTally>): void {
  if (completeness === undefined) return;
  const weaker = [...tallies]
    .map(([resource, each]) => ({ resource, ...each.completeness() }))
    .filter(({ rows }) => isWeaker(rows, completeness.atLeast));
  if (weaker.length > 0) throw new IncompleteError(completeness.atLeast, weaker);
}

function failureMessage(pipeline: string, { resources }: RunReport, error: unknown): string {
  const all = Object.values(resources);
  const committed = all.filter(({ outcome }) => outcome === "committed").length;
  const what = error instanceof Error ? error.message : String(error);
  // Refused before anything was read.
  if (all.every(({ pages }) => pages === 0)) return `pipeline "${pipeline}": ${what}`;
  return `pipeline "${pipeline}": ${what} (${committed} of ${all.length} resources are committed; the next run goes on from there)`;
}
