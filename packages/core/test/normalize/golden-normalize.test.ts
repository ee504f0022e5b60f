import { describe, expect, test } from "vitest";
import type { Capabilities } from "../../src/destination/capabilities.ts";
import { NullKeyError } from "../../src/normalize/normalize-errors.ts";
import type { Column, Schema, Table } from "../../src/schema/schema.ts";
import type { DataType } from "../../src/schema/data-types.ts";
import type { ColumnHint } from "../../src/source/column-hints.ts";
import type { Resource, WriteDispositionOption } from "../../src/source/resource.ts";
import { type GoldenColumn, type GoldenRow, type GoldenTable, type NormalizeCase, goldenCases } from "./golden-case.ts";
import { type GoldenValue, NotJson, cellForm, goldenForm, jsonTextOf } from "./golden-value.ts";
import { type Normalized, emptySchema, normalizePages, page, resource } from "./normalize-pages.ts";

/** What belongs to the engine issue or is no JSON; by what a case asks, never by its id. */
function excluded(golden: NormalizeCase): string | undefined {
  const { schema = {}, resource: options = {} } = golden;
  const disposition = options["write_disposition"];
  if (golden.trap !== undefined) return "trap: our deviation is tested by itself";
  if ("naming" in schema) return "another naming convention (engine issue)";
  if ("detections" in schema) return "other detections (engine issue)";
  if ("preferred_types" in schema || "default_hints" in schema)
    return "schema settings: preferred types, default hints (engine issue)";
  if ("root_key" in schema) return "root key without a merge (engine issue)";
  if ("nested_hints" in options) return "hints for child tables by path (engine issue)";
  if (
    typeof disposition === "object" &&
    disposition !== null &&
    "strategy" in disposition &&
    disposition.strategy === "cdc"
  )
    return "cdc (engine issue)";
  if (golden.batches.flat().some(hasBlankList))
    return "a list under a blank key: dlt puts its elements between the rows of the parent";
  try {
    jsonTextOf(golden.batches);
  } catch (error) {
    if (error instanceof NotJson) return "values that only a Python library gives";
    throw error;
  }
  return undefined;
}

function hasBlankList(record: GoldenValue): boolean {
  return (
    typeof record === "object" &&
    record !== null &&
    Object.entries(record).some(([key, value]) => key.trim() === "" && Array.isArray(value))
  );
}

const columnHint = (hint: Readonly<Record<string, unknown>>): ColumnHint => ({
  dataType: hint["data_type"] as DataType | undefined,
  nullable: hint["nullable"] as boolean | undefined,
  precision: hint["precision"] as number | undefined,
  scale: hint["scale"] as number | undefined,
  timezone: hint["timezone"] as boolean | undefined,
  description: hint["description"] as string | undefined,
});

function goldenResource(golden: NormalizeCase): Resource {
  const { resource: options = {}, schema = {} } = golden;
  const list = (value: unknown): string[] => (value === undefined ? [] : [value].flat().map(String));
  const disposition = options["write_disposition"] as
    | string
    | { strategy: string; row_version_column_name?: string }
    | undefined;
  return resource({
    name: (options["name"] ?? "t") as string,
    tableName: (options["table_name"] ?? options["name"] ?? "t") as string,
    primaryKey: list(options["primary_key"]),
    mergeKey: list(options["merge_key"]),
    writeDisposition: (typeof disposition === "object"
      ? {
          merge: disposition.strategy,
          ...("row_version_column_name" in disposition
            ? { rowVersionColumn: disposition.row_version_column_name }
            : {}),
        }
      : (disposition ?? "append")) as WriteDispositionOption,
    columns: Object.fromEntries(
      Object.entries((options["columns"] ?? {}) as Record<string, Record<string, unknown>>).map(([name, hint]) => [
        name,
        columnHint(hint),
      ]),
    ),
    maxTableNesting: (options["max_table_nesting"] ?? schema["max_nesting"]) as number | undefined,
  });
}

/** A column as the golden files write it. */
function goldenColumn(column: Column): GoldenColumn {
  // A description is a remark; dlt forgets it when a hinted column gets its type.
  const { name, dataType, nullable, precision, scale, timezone, variant, primaryKey, mergeKey } = column;
  const hints = { precision, scale, timezone, variant, primary_key: primaryKey, merge_key: mergeKey };
  return {
    name,
    ...(dataType === undefined ? {} : { type: dataType }),
    ...(nullable === false ? { nullable } : {}),
    ...Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined)),
  };
}

function goldenTable(table: Table): GoldenTable {
  const { writeDisposition: disposition } = table;
  return {
    ...(table.parent === undefined ? {} : { parent: table.parent }),
    ...(disposition === undefined ? {} : { write_disposition: disposition.kind }),
    ...(disposition?.kind === "merge" && disposition.strategy !== "delete-insert"
      ? { merge_strategy: disposition.strategy }
      : {}),
    ...(table.seenData === true ? {} : { seen_data: false }),
    columns: table.columns.map(goldenColumn),
  };
}

const idColumns = new Set(["_dlt_id", "_dlt_parent_id", "_dlt_root_id"]);

/** Our rows, ids replaced by positions where the golden row has a position there, cells in comparable form. */
function comparableRows({ rows, normalizer }: Normalized, golden: Readonly<Record<string, readonly GoldenRow[]>>) {
  const positions = new Map<unknown, string>();
  for (const [table, all] of Object.entries(rows))
    all.forEach((row, index) => positions.set(row["_dlt_id"], `@${table}:${index}`));
  const columns = (table: string) =>
    new Map(normalizer.schema.tables[table]?.columns.map((column) => [column.name, column]));
  const ours = Object.entries(rows).map(([table, all]) => {
    const types = columns(table);
    const forms = all.map((row, index) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => {
            const expected = golden[table]?.[index]?.[name];
            const byPosition = idColumns.has(name) && typeof expected === "string" && expected.startsWith("@");
            return [
              name,
              byPosition ? `text ${positions.get(value) ?? "nowhere"}` : cellForm(value, types.get(name) ?? { name }),
            ];
          }),
      ),
    );
    return [table, forms] as const;
  });
  const theirs = Object.entries(golden).map(([table, all]) => {
    const types = columns(table);
    return [
      table,
      all.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, goldenForm(value, types.get(name)?.dataType ?? "none")]),
        ),
      ),
    ] as const;
  });
  return { ours: Object.fromEntries(ours), theirs: Object.fromEntries(theirs.filter(([, all]) => all.length > 0)) };
}

type Options = Parameters<typeof normalizePages>[1];
type Pages = Parameters<typeof normalizePages>[0];

function loaded(pages: Pages, options: Options, rows: Readonly<Record<string, readonly GoldenRow[]>>) {
  const normalized = normalizePages(pages, options);
  return { ...comparableRows(normalized, rows), left: normalized.normalizer.schema };
}

// dlt tells a column that never had a value from one that got a null; one error of ours is both.
const refusals: Readonly<Record<string, string>> = { "null-in-not-null": "no value", "unbound-column": "no value" };

function refused(pages: Pages, options: Options, kind: string, nothing: Pages[number]) {
  // Nothing is left of the batch but what the resource declares.
  return {
    ours: failureOf(pages, options),
    theirs: refusals[kind] ?? kind,
    left: normalizePages([nothing], options).normalizer.schema,
  };
}

function failureOf(pages: Pages, options: Options): string {
  try {
    normalizePages(pages, options);
    return "none";
  } catch (error) {
    if (error instanceof NullKeyError) return "no value";
    throw error;
  }
}

function check(golden: NormalizeCase): void {
  const limit = golden.schema?.["max_identifier_length"] as number | undefined;
  const capabilities: Partial<Capabilities> =
    limit === undefined ? {} : { maxColumnNameLength: limit, maxTableNameLength: limit };
  const resources = [goldenResource(golden)];
  const pageOf = (records: string) => page(records, { resource: resources[0]?.name ?? "" });
  let schema: Schema = emptySchema;
  golden.batches.forEach((records, index) => {
    const expected = golden.expected.batches[index] ?? {};
    const options = { resources, schema, capabilities, loadId: `L${index}` };
    const pages = [pageOf(jsonTextOf(records))];
    const { ours, theirs, left } =
      expected.error === undefined
        ? loaded(pages, options, expected.rows ?? {})
        : refused(pages, options, expected.error.kind, pageOf("[]"));
    expect(ours).toEqual(theirs);
    schema = left;
  });
  const tables = Object.fromEntries(Object.entries(schema.tables).map(([name, table]) => [name, goldenTable(table)]));
  expect(tables).toEqual(golden.expected.tables);
}

describe.each(["normalize-hand", "normalize-generated"])("dlt's recorded behaviour: %s", (file) => {
  const cases = goldenCases<NormalizeCase>(file);
  const asked = cases.filter((golden) => excluded(golden) === undefined);
  const reasons = Object.groupBy(cases, (golden) => excluded(golden) ?? "asked");

  test.each(asked.map((golden) => [golden.id, golden.title ?? "", golden] as const))("%s %s", (_id, _title, golden) => {
    check(golden);
  });

  test("asks most cases; the rest is left out for these reasons", () => {
    const counts = Object.fromEntries(Object.entries(reasons).map(([reason, list]) => [reason, list?.length]));
    console.log(`golden ${file}: ${asked.length} of ${cases.length} asked`, counts);
    expect(asked.length).toBeGreaterThan(cases.length / 3);
  });
});
