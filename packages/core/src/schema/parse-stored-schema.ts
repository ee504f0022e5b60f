import { migrateStoredSchema, oldestEngineVersion, schemaEngineVersion } from "./migrate-stored-schema.ts";
import type { Schema, Table } from "./schema.ts";
import { refuseOtherNaming } from "./stored-normalizers.ts";
import { objectOf } from "./stored-object.ts";
import type { StoredObject } from "./stored-object.ts";
import { StoredSchemaError } from "./stored-schema-error.ts";
import { parseStoredTable } from "./stored-table.ts";
import { unpackJson } from "./unpack-json.ts";

/**
 * Reads a schema as `_dlt_version` stores it, of dlt's writing or ours: JSON text, or base64 of zlib where a destination's text is short.
 * What we have no member for is kept in `extra`, so that nothing is lost when it is stored again. Older forms are migrated as dlt does.
 *
 * @throws StoredSchemaError when it cannot be read, or was written by an engine or for a naming that we do not know
 */
export function parseStoredSchema(text: string): Schema {
  const stored = objectOf(parseText(text));
  const { name, engine_version: engineVersion } = stored;
  if (typeof name !== "string" || typeof engineVersion !== "number") {
    throw new StoredSchemaError(
      "the stored schema has no name or no engine version: it was not written by dlt or typeload",
    );
  }
  if (engineVersion < oldestEngineVersion || engineVersion > schemaEngineVersion) {
    throw new StoredSchemaError(
      `the stored schema "${name}" has engine version ${engineVersion}; this typeload reads ${oldestEngineVersion} to ${schemaEngineVersion}. ` +
        (engineVersion > schemaEngineVersion ? "Upgrade typeload." : "Load once with a newer dlt, which upgrades it."),
    );
  }
  refuseOtherNaming(name, stored["normalizers"]);
  return schemaOf(name, migrateStoredSchema(stored, engineVersion));
}

function schemaOf(name: string, stored: StoredObject): Schema {
  const {
    version,
    version_hash: versionHash,
    previous_hashes: previousHashes,
    tables,
    engine_version: _engine,
    name: _name,
    ...extra
  } = stored;
  return {
    name,
    version: typeof version === "number" ? version : 0,
    ...(typeof versionHash === "string" ? { versionHash } : {}),
    ...(Array.isArray(previousHashes)
      ? { previousHashes: previousHashes.filter((hash) => typeof hash === "string") }
      : {}),
    tables: parseTables(tables),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

function parseTables(stored: unknown): Record<string, Table> {
  const tables = Object.entries(objectOf(stored)).map(
    ([name, table]) => [name, parseStoredTable(name, objectOf(table))] as const,
  );
  return Object.fromEntries(tables);
}

function parseText(text: string): unknown {
  try {
    return unpackJson(text);
  } catch (error) {
    throw new StoredSchemaError(
      "the stored schema is neither JSON nor packed JSON: the row in _dlt_version is damaged",
      { cause: error },
    );
  }
}
