import type { Schema } from "./schema.ts";
import { schemaVersionHash } from "./schema-version.ts";
import { objectOf, storeTable } from "./stored-table.ts";
import type { StoredObject } from "./stored-table.ts";
import { loadsTable, stateTable, versionTable } from "./system-tables.ts";

/** dlt's schema engine whose form we write. */
export const schemaEngineVersion = 11;

/** How many earlier hashes a schema remembers, as dlt. */
const rememberedHashes = 10;

/** What a new schema carries beside its tables, so that dlt can go on with it. */
const settings = {
  detections: ["iso_timestamp"],
  default_hints: {
    not_null: ["_dlt_id", "_dlt_root_id", "_dlt_parent_id", "_dlt_list_idx", "_dlt_load_id"],
    parent_key: ["_dlt_parent_id"],
    root_key: ["_dlt_root_id"],
    unique: ["_dlt_id"],
    row_key: ["_dlt_id"],
  },
};

/** A schema in the form that `_dlt_version` stores. */
export interface StoredSchema {
  /** JSON text. */
  readonly text: string;
  /** The schema with its version and hash; both raised when the content changed. */
  readonly schema: Schema;
  readonly changed: boolean;
}

/** A schema without tables. */
export function emptySchema(name: string): Schema {
  return { name, version: 0, tables: {} };
}

/**
 * Brings a schema into dlt's stored form. When its content is not the one of `versionHash` any more, the version is raised and the old hash
 * remembered.
 *
 * @example
 * ```ts
 * const { text, schema } = storeSchema(evolved); // schema.version, schema.versionHash
 * ```
 */
export function storeSchema(schema: Schema): StoredSchema {
  const content = storedContent(schema);
  const versionHash = schemaVersionHash(content);
  const changed = versionHash !== schema.versionHash;
  const previousHashes = schema.previousHashes ?? [];
  const stored: Schema = changed
    ? {
        ...schema,
        version: schema.version + 1,
        versionHash,
        previousHashes:
          schema.versionHash === undefined
            ? previousHashes
            : [schema.versionHash, ...previousHashes].slice(0, rememberedHashes),
      }
    : schema;
  const text = JSON.stringify({
    version: stored.version,
    version_hash: versionHash,
    ...content,
    previous_hashes: stored.previousHashes ?? [],
  });
  return { text, schema: stored, changed };
}

function storedContent(schema: Schema): StoredObject {
  const system = [versionTable, loadsTable, stateTable].map((table) => [table.name, storeTable(table)] as const);
  const tables = Object.entries(schema.tables).map(([name, table]) => [name, storeTable(table)] as const);
  return {
    settings,
    ...schema.extra,
    normalizers: storedNormalizers(schema),
    engine_version: schemaEngineVersion,
    name: schema.name,
    // System tables of a stored schema win: a newer dlt may have given them more columns.
    tables: Object.fromEntries([...system, ...tables]),
  };
}

/** dlt learns from here that child rows of merged tables carry the id of their root row. */
function storedNormalizers(schema: Schema): StoredObject {
  const given = objectOf(schema.extra?.["normalizers"]);
  const json = objectOf(given["json"]);
  const config = objectOf(json["config"]);
  const propagation = objectOf(config["propagation"]);
  const merged = Object.values(schema.tables).filter(
    ({ parent, writeDisposition }) =>
      parent === undefined && writeDisposition?.kind === "merge" && writeDisposition.strategy !== "scd2",
  );
  const roots = Object.fromEntries(merged.map(({ name }) => [name, { _dlt_id: "_dlt_root_id" }]));
  const tables = { ...roots, ...objectOf(propagation["tables"]) };
  return {
    names: "snake_case",
    ...given,
    json: {
      module: "dlt.common.normalizers.json.relational",
      ...json,
      ...(merged.length === 0 ? {} : { config: { ...config, propagation: { ...propagation, tables } } }),
    },
  };
}
