import { dataTypes } from "./data-types.ts";
import type { DataType } from "./data-types.ts";
import type { Column, MergeStrategy, Table, WriteDisposition } from "./schema.ts";
import { objectOf } from "./stored-object.ts";
import type { StoredObject } from "./stored-object.ts";
import { StoredSchemaError } from "./stored-schema-error.ts";

const is = (type: "boolean" | "number" | "string") => (value: unknown) => typeof value === type;

/** Our name of each hint that a column stores as it is, dlt's name, and what it must be for us to understand it. */
const columnHints = [
  ["nullable", "nullable", is("boolean")],
  ["precision", "precision", is("number")],
  ["scale", "scale", is("number")],
  ["timezone", "timezone", is("boolean")],
  ["variant", "variant", is("boolean")],
  ["primaryKey", "primary_key", is("boolean")],
  ["mergeKey", "merge_key", is("boolean")],
  ["unique", "unique", is("boolean")],
  ["rowKey", "row_key", is("boolean")],
  ["parentKey", "parent_key", is("boolean")],
  ["rootKey", "root_key", is("boolean")],
  ["dedupSort", "dedup_sort", (value: unknown) => value === "asc" || value === "desc"],
  ["hardDelete", "hard_delete", is("boolean")],
  ["validFrom", "x-valid-from", is("boolean")],
  ["validTo", "x-valid-to", is("boolean")],
  [
    "activeRecordTimestamp",
    "x-active-record-timestamp",
    (value: unknown) => value === null || typeof value === "string",
  ],
  ["rowVersion", "x-row-version", is("boolean")],
  ["description", "description", is("string")],
] as const;

/** Our name of each text that a table stores as it is, and dlt's name. */
const tableTexts = [
  ["parent", "parent"],
  ["resource", "resource"],
  ["description", "description"],
  ["boundaryTimestamp", "x-boundary-timestamp"],
] as const;

/** A table in dlt's form: what `_dlt_version` stores of it. */
export function storeTable(table: Table): StoredObject {
  const texts = tableTexts.flatMap(([ours, theirs]) =>
    table[ours] === undefined ? [] : [[theirs, table[ours]] as const],
  );
  return {
    ...table.extra,
    name: table.name,
    columns: Object.fromEntries(table.columns.map((column) => [column.name, storeColumn(column)])),
    ...Object.fromEntries(texts),
    ...(table.writeDisposition === undefined ? {} : storeDisposition(table.writeDisposition, table.extra)),
    ...(table.seenData === true
      ? { "x-normalizer": { ...objectOf(table.extra?.["x-normalizer"]), "seen-data": true } }
      : {}),
  };
}

/** The default strategy is not written, as dlt does, but stays where it was. A strategy of before is overwritten. */
function storeDisposition(disposition: WriteDisposition, before: StoredObject = {}): StoredObject {
  if (disposition.kind !== "merge") return { write_disposition: disposition.kind };
  const silent = disposition.strategy === "delete-insert" && before["x-merge-strategy"] === undefined;
  return { write_disposition: "merge", ...(silent ? {} : { "x-merge-strategy": disposition.strategy }) };
}

function storeColumn(column: Column): StoredObject {
  const hints = columnHints.flatMap(([ours, theirs]) => (column[ours] === undefined ? [] : [[theirs, column[ours]]]));
  return {
    ...column.extra,
    name: column.name,
    ...(column.dataType === undefined ? {} : { data_type: column.dataType }),
    ...Object.fromEntries(hints),
  };
}

/** A table as dlt (or we) stored it. Members that are not ours are kept in `extra`. */
export function parseStoredTable(name: string, stored: StoredObject): Table {
  const { name: _name, columns, ...extra } = { ...stored };
  const texts = tableTexts.flatMap(([ours, theirs]) => {
    const value = extra[theirs];
    if (typeof value !== "string") return [];
    delete extra[theirs];
    return [[ours, value] as const];
  });
  const writeDisposition = parseDisposition(extra["write_disposition"], extra["x-merge-strategy"]);
  if (writeDisposition !== undefined) {
    delete extra["write_disposition"];
    // An explicit default is kept, so that the schema's content stays the same.
    if (writeDisposition.kind === "merge" && writeDisposition.strategy !== "delete-insert") {
      delete extra["x-merge-strategy"];
    }
  }
  const { "seen-data": seenData, ...marks } = objectOf(extra["x-normalizer"]);
  if (seenData === true) {
    delete extra["x-normalizer"];
    if (Object.keys(marks).length > 0) extra["x-normalizer"] = marks;
  }
  return {
    name,
    columns: Object.entries(objectOf(columns)).map(([column, hints]) =>
      parseStoredColumn(name, column, objectOf(hints)),
    ),
    ...Object.fromEntries(texts),
    ...(writeDisposition === undefined ? {} : { writeDisposition }),
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
  const { name: _name, data_type: storedType, ...extra } = { ...stored };
  const dataType = parseDataType(table, name, storedType);
  const hints = columnHints.flatMap(([ours, theirs, understood]) => {
    const value = extra[theirs];
    if (!understood(value)) return [];
    delete extra[theirs];
    return [[ours, value] as const];
  });
  return {
    name,
    ...(dataType === undefined ? {} : { dataType }),
    ...Object.fromEntries(hints),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

function parseDataType(table: string, column: string, stored: unknown): DataType | undefined {
  if (stored === undefined || stored === null) return undefined;
  const found = dataTypes.find((dataType) => dataType === stored);
  if (found !== undefined) return found;
  throw new StoredSchemaError(
    `the stored schema gives column ${table}.${column} the type ${JSON.stringify(stored)}, which this version does not know. ` +
      "A newer writer made it: upgrade typeload.",
  );
}
