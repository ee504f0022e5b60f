import { TypeloadError } from "../errors.ts";
import { dataTypes } from "./data-types.ts";
import type { DataType } from "./data-types.ts";
import type { Column, MergeStrategy, Table, WriteDisposition } from "./schema.ts";

/** An object of a stored schema, before it is understood. */
export type StoredObject = Readonly<Record<string, unknown>>;

/** Our name and dlt's of each hint of a column that is stored as it is. */
const columnHints = [
  ["precision", "precision"],
  ["scale", "scale"],
  ["timezone", "timezone"],
  ["variant", "variant"],
  ["primaryKey", "primary_key"],
  ["mergeKey", "merge_key"],
  ["unique", "unique"],
  ["rowKey", "row_key"],
  ["parentKey", "parent_key"],
  ["rootKey", "root_key"],
  ["description", "description"],
] as const;

/** A table in dlt's form: what `_dlt_version` stores of it. */
export function storeTable(table: Table): StoredObject {
  return {
    ...table.extra,
    name: table.name,
    columns: Object.fromEntries(table.columns.map((column) => [column.name, storeColumn(column)])),
    ...(table.parent === undefined ? {} : { parent: table.parent }),
    ...(table.resource === undefined ? {} : { resource: table.resource }),
    ...(table.description === undefined ? {} : { description: table.description }),
    ...(table.writeDisposition === undefined ? {} : storeDisposition(table.writeDisposition)),
    ...(table.seenData === true
      ? { "x-normalizer": { ...objectOf(table.extra?.["x-normalizer"]), "seen-data": true } }
      : {}),
  };
}

function storeDisposition(disposition: WriteDisposition): StoredObject {
  if (disposition.kind !== "merge") return { write_disposition: disposition.kind };
  // The default strategy is not written, as dlt does.
  return disposition.strategy === "delete-insert"
    ? { write_disposition: "merge" }
    : { write_disposition: "merge", "x-merge-strategy": disposition.strategy };
}

function storeColumn(column: Column): StoredObject {
  const hints = columnHints.flatMap(([ours, theirs]) => (column[ours] === undefined ? [] : [[theirs, column[ours]]]));
  return {
    ...column.extra,
    name: column.name,
    ...(column.dataType === undefined ? {} : { data_type: column.dataType }),
    ...(column.nullable === undefined ? {} : { nullable: column.nullable }),
    ...Object.fromEntries(hints),
  };
}

/** A table as dlt (or we) stored it. Members that are not ours are kept in `extra`. */
export function parseStoredTable(name: string, stored: StoredObject): Table {
  const { columns, parent, resource, description, write_disposition, name: _name, ...others } = stored;
  const { "x-merge-strategy": strategy, "x-normalizer": normalizer, ...rest } = others;
  const disposition = parseDisposition(write_disposition, strategy);
  const { "seen-data": seenData, ...otherNormalizer } = objectOf(normalizer);
  const extra = {
    ...rest,
    ...(disposition === undefined && write_disposition !== undefined ? { write_disposition } : {}),
    ...(disposition === undefined && strategy !== undefined ? { "x-merge-strategy": strategy } : {}),
    ...(Object.keys(otherNormalizer).length === 0 ? {} : { "x-normalizer": otherNormalizer }),
  };
  return {
    name,
    columns: Object.entries(objectOf(columns)).map(([column, hints]) =>
      parseStoredColumn(name, column, objectOf(hints)),
    ),
    ...(typeof parent === "string" ? { parent } : {}),
    ...(typeof resource === "string" ? { resource } : {}),
    ...(typeof description === "string" ? { description } : {}),
    ...(disposition === undefined ? {} : { writeDisposition: disposition }),
    ...(seenData === true ? { seenData: true } : {}),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

function parseDisposition(disposition: unknown, strategy: unknown): WriteDisposition | undefined {
  if (disposition === "append" || disposition === "replace") return { kind: disposition };
  if (disposition !== "merge") return undefined;
  const known: readonly MergeStrategy[] = ["delete-insert", "upsert", "insert-only", "scd2"];
  const found = strategy === undefined ? "delete-insert" : known.find((candidate) => candidate === strategy);
  return found === undefined ? undefined : { kind: "merge", strategy: found };
}

function parseStoredColumn(table: string, name: string, stored: StoredObject): Column {
  const { name: _name, data_type, nullable, ...others } = stored;
  const column: Record<string, unknown> = { name };
  const dataType = parseDataType(table, name, data_type);
  if (dataType !== undefined) column["dataType"] = dataType;
  if (typeof nullable === "boolean") column["nullable"] = nullable;
  const extra: Record<string, unknown> = { ...others };
  for (const [ours, theirs] of columnHints) {
    if (extra[theirs] === undefined) continue;
    column[ours] = extra[theirs];
    delete extra[theirs];
  }
  if (Object.keys(extra).length > 0) column["extra"] = extra;
  return column as unknown as Column; // built above, member by member, from the same list that stores it
}

function parseDataType(table: string, column: string, stored: unknown): DataType | undefined {
  if (stored === undefined || stored === null) return undefined;
  if (stored === "complex") return "json"; // its name before dlt's schema engine 11
  const found = dataTypes.find((dataType) => dataType === stored);
  if (found === undefined) {
    throw new TypeloadError(
      `the stored schema gives column ${table}.${column} the type ${JSON.stringify(stored)}, which this version does not know. A newer writer made it: upgrade typeload.`,
      { code: "stored_schema" },
    );
  }
  return found;
}

/** The value when it is an object, else an empty one. */
export function objectOf(value: unknown): StoredObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as StoredObject) : {}; // just checked
}
