import { inflateSync } from "node:zlib";
import { TypeloadError } from "../errors.ts";
import type { Schema, Table } from "./schema.ts";
import { schemaEngineVersion } from "./store-schema.ts";
import { objectOf, parseStoredTable } from "./stored-table.ts";

/** The oldest form that differs from ours by names only. */
const oldestEngineVersion = 9;

/**
 * Reads a schema as `_dlt_version` stores it, of dlt's writing or ours: JSON text, or base64 of zlib where a destination's text is short.
 * What we have no member for is kept in `extra`, so that nothing is lost when it is stored again.
 *
 * @throws TypeloadError with code `stored_schema` when it cannot be read, or was written by an engine we do not know
 */
export function parseStoredSchema(text: string): Schema {
  const stored = objectOf(parseText(text));
  const { version, version_hash, previous_hashes, engine_version, name, tables, ...extra } = stored;
  if (typeof name !== "string" || typeof engine_version !== "number") {
    throw new TypeloadError(
      "the stored schema has no name or no engine version: it was not written by dlt or typeload",
      {
        code: "stored_schema",
      },
    );
  }
  if (engine_version < oldestEngineVersion || engine_version > schemaEngineVersion) {
    throw new TypeloadError(
      `the stored schema "${name}" has engine version ${engine_version}; this typeload reads ${oldestEngineVersion} to ${schemaEngineVersion}. ` +
        (engine_version > schemaEngineVersion ? "Upgrade typeload." : "Load once with a newer dlt, which upgrades it."),
      { code: "stored_schema" },
    );
  }
  return {
    name,
    version: typeof version === "number" ? version : 0,
    ...(typeof version_hash === "string" ? { versionHash: version_hash } : {}),
    ...(Array.isArray(previous_hashes)
      ? { previousHashes: previous_hashes.filter((hash) => typeof hash === "string") }
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
    const json = text.trimStart().startsWith("{") ? text : inflateSync(Buffer.from(text, "base64")).toString("utf8");
    return JSON.parse(json);
  } catch (error) {
    throw new TypeloadError("the stored schema is neither JSON nor packed JSON: the row in _dlt_version is damaged", {
      code: "stored_schema",
      cause: error,
    });
  }
}
