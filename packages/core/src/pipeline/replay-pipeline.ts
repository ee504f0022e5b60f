import { ConfigurationError } from "../errors.ts";
import type { PackageManifest } from "../extract/load-package.ts";
import { UnknownResourceError } from "../normalize/normalize-errors.ts";
import type { Resource, Source } from "../source/resource.ts";
import type { PipelineSettings } from "./pipeline-settings.ts";
import type { ReplayOptions } from "./replay-options.ts";
import type { RunReport } from "./run-report.ts";
import { type RunWork, runOnce } from "./run-pipeline.ts";

/**
 * Loads kept packages again, oldest first, into the pipeline's destination: no request is sent, the source gives its definitions only. A
 * package whose load id is in the dataset already is passed over.
 */
export async function replayPipeline(
  settings: PipelineSettings,
  source: Source,
  options: ReplayOptions,
): Promise<RunReport> {
  const { kept, name } = settings;
  if (kept === undefined)
    throw new ConfigurationError(`pipeline "${name}" has a packageStore of its own, which keeps nothing to replay`);
  const all = await kept.all(options.signal ?? new AbortController().signal);
  const ofSource = all.filter((manifest) => manifest.source === source.name);
  const wanted = new Set(options.packages);
  const manifests = options.packages === undefined ? ofSource : ofSource.filter(({ loadId }) => wanted.delete(loadId));
  if (wanted.size > 0 || manifests.length === 0) {
    const what = wanted.size === 0 ? "there is no package" : `there are no packages ${[...wanted].join(", ")}`;
    throw new ConfigurationError(
      `pipeline "${name}": ${what} of source "${source.name}" in ${kept.location}. Packages are kept by createPipeline({ keepPackages: true }) from then on`,
      { code: "nothing_to_replay" },
    );
  }
  const work: RunWork = {
    resources: resourcesOf(manifests, source),
    replay: { kept, manifests },
  };
  return await runOnce(settings, { ...source, identity: identityOf(manifests) }, options, work);
}

/** What the packages hold, in the order of the source. */
function resourcesOf(manifests: readonly PackageManifest[], { resources }: Source): readonly Resource[] {
  const names = new Set(manifests.flatMap(({ partitions }) => partitions.map(({ resource }) => resource)));
  const found = resources.filter(({ name }) => names.delete(name));
  for (const name of names) throw new UnknownResourceError(name);
  return found;
}

/** Whose data it is is known from the packages: the source is not asked. */
function identityOf(manifests: readonly PackageManifest[]): NonNullable<Source["identity"]> {
  const identity = manifests.map((manifest) => manifest.identity).find((each) => each !== undefined);
  return () => Promise.resolve(identity);
}
