import type { Schema } from "./schema.ts";
import { objectOf } from "./stored-object.ts";
import type { StoredObject } from "./stored-object.ts";
import { StoredSchemaError } from "./stored-schema-error.ts";

/** `snake_case` in every way that dlt writes it: by name, by module, by class. */
const snakeCase = /^(?:dlt\.common\.normalizers\.nam(?:es|ing)\.)?snake_case(?:\.NamingConvention)?$/;

/**
 * The `normalizers` of a schema as they are stored: how names were made, and for dlt, which root tables give their row id to the rows
 * of their child tables.
 */
export function storedNormalizers(schema: Schema): StoredObject {
  const given = objectOf(schema.extra?.["normalizers"]);
  const json = objectOf(given["json"]);
  const config = objectOf(json["config"]);
  const propagation = objectOf(config["propagation"]);
  const merged = Object.values(schema.tables).filter(
    ({ parent, writeDisposition }) =>
      parent === undefined && writeDisposition?.kind === "merge" && writeDisposition.strategy !== "scd2",
  );
  const roots = merged.map(({ name, columns }) => {
    const rowId = columns.find(({ rowKey }) => rowKey === true)?.name ?? "_dlt_id";
    return [name, { [rowId]: "_dlt_root_id" }] as const;
  });
  const tables = { ...Object.fromEntries(roots), ...objectOf(propagation["tables"]) };
  return {
    names: "snake_case",
    ...given,
    json: {
      module: "dlt.common.normalizers.json.relational",
      ...json,
      ...(roots.length === 0 ? {} : { config: { ...config, propagation: { ...propagation, tables } } }),
    },
  };
}

/**
 * Does `__` in a key part names of this schema? `false` only in datasets that dlt began with schema engine 10 or older: their columns
 * are found again only by names made the old way.
 */
export function breaksPaths(schema: Schema): boolean {
  return objectOf(schema.extra?.["normalizers"])["use_break_path_on_normalize"] !== false;
}

/** Refuses a schema whose names were made by another convention: we would make a second column beside each. */
export function refuseOtherNaming(name: string, normalizers: unknown): void {
  const { names } = objectOf(normalizers);
  if (names === undefined || names === null || (typeof names === "string" && snakeCase.test(names))) return;
  throw new StoredSchemaError(
    `the stored schema "${name}" has names of the convention ${JSON.stringify(names)}; typeload makes snake_case names only. ` +
      "Load into another dataset.",
  );
}
