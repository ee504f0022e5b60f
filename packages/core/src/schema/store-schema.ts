import { jsonText } from "../scan/json-text.ts";
import { schemaEngineVersion } from "./migrate-stored-schema.ts";
import type { Schema } from "./schema.ts";
import { schemaVersionHash } from "./schema-version.ts";
import { storedNormalizers } from "./stored-normalizers.ts";
import type { StoredObject } from "./stored-object.ts";
import { storeTable } from "./stored-table.ts";
import { loadsTable, stateTable, versionTable } from "./system-tables.ts";

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
        previousHashes: remember(schema.versionHash, previousHashes),
      }
    : schema;
  const text = jsonText({
    version: stored.version,
    version_hash: versionHash,
    ...content,
    previous_hashes: stored.previousHashes ?? [],
  });
  return { text, schema: stored, changed };
}

function remember(hash: string | undefined, previous: readonly string[]): readonly string[] {
  // dlt leaves the list as it is when the hash is in it.
  return hash === undefined || previous.includes(hash) ? previous : [hash, ...previous].slice(0, rememberedHashes);
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
