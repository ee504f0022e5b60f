import { objectOf } from "./stored-object.ts";
import type { StoredObject } from "./stored-object.ts";

/** dlt's schema engine whose form we read and write. */
export const schemaEngineVersion = 11;

/** The oldest engine whose form we bring up to ours (dlt 0.4.2 and later). */
export const oldestEngineVersion = 9;

/**
 * Brings a stored schema of an older engine to the form of {@link schemaEngineVersion}, as dlt does when it loads one: the same content
 * gives the same hash. Our own rule, written from what dlt 1.31 makes of such schemas; the test holds its hashes.
 */
export function migrateStoredSchema(stored: StoredObject, engineVersion: number): StoredObject {
  let schema = stored;
  if (engineVersion < 10) schema = withRowKeys(schema);
  // Names of older datasets were made without taking keys apart at `__`, and stay so.
  if (engineVersion < 11) {
    schema = { ...schema, normalizers: { ...objectOf(schema["normalizers"]), use_break_path_on_normalize: false } };
  }
  return { ...schema, engine_version: schemaEngineVersion, tables: mapTables(schema, withoutNullMarks) };
}

/** Engine 10 said which columns identify rows, where `unique` and `foreign_key` were read before, and called `complex` `json`. */
function withRowKeys(schema: StoredObject): StoredObject {
  const settings = objectOf(schema["settings"]);
  const normalizers = objectOf(schema["normalizers"]);
  const json = objectOf(normalizers["json"]);
  const { generate_dlt_id: _generated, ...config } = objectOf(json["config"]);
  return {
    ...schema,
    tables: mapTables(schema, withColumnKeys),
    ...(schema["settings"] === undefined ? {} : { settings: migrateSettings(settings) }),
    normalizers: {
      ...normalizers,
      ...(json["config"] === undefined ? {} : { json: { ...json, config } }),
    },
  };
}

function migrateSettings(settings: StoredObject): StoredObject {
  const { foreign_key: _foreign, ...defaultHints } = objectOf(settings["default_hints"]);
  const preferred = Object.entries(objectOf(settings["preferred_types"])).map(([pattern, type]) => [
    pattern,
    type === "complex" ? "json" : type,
  ]);
  return {
    ...settings,
    ...(settings["preferred_types"] === undefined ? {} : { preferred_types: Object.fromEntries(preferred) }),
    ...(settings["default_hints"] === undefined
      ? {}
      : { default_hints: { ...defaultHints, row_key: ["_dlt_id"], parent_key: ["_dlt_parent_id"] } }),
  };
}

function mapTables(
  schema: StoredObject,
  change: (column: StoredObject, name: string) => StoredObject | undefined,
): StoredObject {
  const tables = Object.entries(objectOf(schema["tables"])).map(([name, stored]) => {
    const table = objectOf(stored);
    const columns = Object.entries(objectOf(table["columns"])).flatMap(([column, hints]) => {
      const changed = change(objectOf(hints), column);
      return changed === undefined ? [] : [[column, changed] as const];
    });
    return [name, { ...table, columns: Object.fromEntries(columns) }] as const;
  });
  return Object.fromEntries(tables);
}

function withColumnKeys({ foreign_key, ...hints }: StoredObject, name: string): StoredObject {
  return {
    ...hints,
    ...(hints["data_type"] === "complex" ? { data_type: "json" } : {}),
    ...(name === "_dlt_id" ? { row_key: hints["unique"] ?? false } : {}),
    ...(name === "_dlt_parent_id" ? { parent_key: foreign_key ?? false } : {}),
  };
}

/** A short-lived mark of columns whose first value was null; a column with nothing else never came to be. */
function withoutNullMarks(column: StoredObject): StoredObject | undefined {
  const { "seen-null-first": marked, ...others } = objectOf(column["x-normalizer"]);
  if (marked !== true) return column;
  if (column["data_type"] === undefined) return undefined;
  const { "x-normalizer": _marks, ...hints } = column;
  return Object.keys(others).length === 0 ? hints : { ...hints, "x-normalizer": others };
}
