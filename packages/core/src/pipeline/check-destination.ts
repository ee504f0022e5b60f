import type { MergeHint } from "../destination/capabilities.ts";
import { type Destination, contractVersion } from "../destination/destination.ts";
import { UnsupportedError } from "../destination/destination-error.ts";
import { ConfigurationError } from "../errors.ts";
import { writeDispositionOf } from "../normalize/declare-table.ts";
import { makeNaming } from "../normalize/name-identifiers.ts";
import type { Resource } from "../source/resource.ts";

/**
 * Refuses what the destination cannot do, before data moves.
 *
 * @throws ConfigurationError when it was written for another version of the contract, or when two resources would fill one table of it;
 * UnsupportedError for a disposition, a merge
 * strategy or a type that it does not have.
 */
export function checkDestination(destination: Destination, resources: readonly Resource[]): void {
  const { name, capabilities } = destination;
  // By its type it is always this one; packages of different ages may meet all the same.
  const written: number = destination.contractVersion;
  if (written !== contractVersion) {
    const older = written > contractVersion ? "@typeload/core" : `the package of destination "${name}"`;
    throw new ConfigurationError(
      `destination "${name}" was written for version ${written} of the load contract, this @typeload/core for version ${contractVersion}: ` +
        `upgrade ${older}`,
      { code: "contract_version" },
    );
  }
  checkTableNames(destination, resources);
  for (const resource of resources) {
    const disposition = writeDispositionOf(resource.writeDisposition);
    const of = `resource "${resource.name}"`;
    if (!capabilities.writeDispositions.includes(disposition.kind)) {
      const known = capabilities.writeDispositions.join(", ");
      throw new UnsupportedError(`${of}: destination "${name}" cannot ${disposition.kind}; it can ${known}`);
    }
    if (disposition.kind === "merge" && !capabilities.mergeStrategies.includes(disposition.strategy)) {
      const known = capabilities.mergeStrategies.join(", ");
      throw new UnsupportedError(
        `${of}: destination "${name}" has no merge strategy ${disposition.strategy}; it has ${known}`,
      );
    }
    const unheeded = mergeHintsOf(resource).find((hint) => !capabilities.mergeHints.includes(hint));
    if (unheeded !== undefined) {
      throw new UnsupportedError(`${of}: destination "${name}" does not heed a ${unheeded}: leave it out`);
    }
    const hinted = [...Object.values(resource.columns), ...resource.fieldHints].map(({ dataType }) => dataType);
    const missing = hinted.find((type) => type !== undefined && !capabilities.dataTypes.includes(type));
    if (missing !== undefined) {
      throw new UnsupportedError(`${of}: destination "${name}" has no type ${missing}; hint another one`);
    }
  }
}

function mergeHintsOf({ mergeKey, columns }: Resource): readonly MergeHint[] {
  const hints = Object.values(columns);
  return [
    ...(mergeKey.length > 0 ? (["merge-key"] as const) : []),
    ...(hints.some(({ dedupSort }) => dedupSort !== undefined) ? (["dedup-sort"] as const) : []),
    ...(hints.some(({ hardDelete }) => hardDelete === true) ? (["hard-delete"] as const) : []),
  ];
}

/** Rows of two resources in one table would replace each other, and nobody could tell whose is whose. */
function checkTableNames({ name, capabilities }: Destination, resources: readonly Resource[]): void {
  const naming = makeNaming(capabilities);
  const owners = new Map<string, string>();
  for (const resource of resources) {
    const table = naming.table([], resource.tableName);
    const owner = owners.get(table);
    if (owner !== undefined) {
      throw new ConfigurationError(
        `resources "${owner}" and "${resource.name}" both want table "${table}" of destination "${name}", which makes its names alike ` +
          "(small letters, words joined by _): give one of them another tableName",
        { code: "table_name_taken" },
      );
    }
    owners.set(table, resource.name);
  }
}
