import type { PackageManifest } from "../extract/load-package.ts";
import { objectOf } from "../schema/stored-object.ts";
import type { Source } from "../source/resource.ts";
import type { PipelineState } from "./pipeline-state.ts";
import { OtherIdentityError } from "./run-errors.ts";

/** Member of `sources.<name>` in the pipeline state. */
export const identityMember = "typeload_identity";

/** Where a run's data must belong. */
export interface IdentityCheck {
  readonly pipeline: string;
  readonly dataset: string;
  readonly source: Source;
  readonly schemaName: string;
  /** As stored. */
  readonly state: PipelineState | undefined;
  /** Packages that wait to be loaded. */
  readonly pending: readonly PackageManifest[];
  readonly signal: AbortSignal;
}

/**
 * Asks the source whose data it reads, and holds the answer against what is stored and what waits on disk.
 *
 * @throws OtherIdentityError when it is somebody else's
 */
export async function checkIdentity(check: IdentityCheck): Promise<string | undefined> {
  const identity = await check.source.identity?.({ signal: check.signal });
  if (identity === undefined) return undefined;
  const known = [storedIdentity(check.state, check.schemaName), ...check.pending.map((manifest) => manifest.identity)];
  const other = known.find((each) => each !== undefined && each !== identity);
  if (other !== undefined)
    throw new OtherIdentityError({ ...check, source: check.source.name, stored: other, identity });
  return identity;
}

function storedIdentity(state: PipelineState | undefined, schemaName: string): string | undefined {
  const identity = objectOf(objectOf(state?.["sources"] ?? {})[schemaName] ?? {})[identityMember];
  return typeof identity === "string" ? identity : undefined;
}

/** The state with the identity in it; what else is known of the source is kept. */
export function withIdentity(state: PipelineState, schemaName: string, identity: string | undefined): PipelineState {
  if (identity === undefined || storedIdentity(state, schemaName) === identity) return state;
  const sources = objectOf(state["sources"] ?? {});
  const source = { ...objectOf(sources[schemaName] ?? {}), [identityMember]: identity };
  return { ...state, sources: { ...sources, [schemaName]: source } };
}
