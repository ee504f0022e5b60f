import { expect } from "vitest";
import type { Capabilities } from "../../src/destination/capabilities.ts";
import { ContractViolationError } from "../../src/normalize/contract-errors.ts";
import { NullKeyError } from "../../src/normalize/normalize-errors.ts";
import type { ContractEntity, ContractOption } from "../../src/source/contract.ts";
import { parseContract } from "../../src/schema/stored-contract.ts";
import type { Column, Schema, Table } from "../../src/schema/schema.ts";
import type { DataType } from "../../src/schema/data-types.ts";
import type { ColumnHint } from "../../src/source/column-hints.ts";
import type { Resource, WriteDispositionOption } from "../../src/source/resource.ts";
import type { GoldenColumn, GoldenRow, GoldenTable, NormalizeCase } from "./golden-case.ts";
import { cellForm, goldenForm, jsonTextOf } from "./golden-value.ts";
import { type Normalized, emptySchema, normalizePages, page, resource } from "./normalize-pages.ts";

const columnHint = (hint: Readonly<Record<string, unknown>>): ColumnHint => ({
  dataType: hint["data_type"] as DataType | undefined,
  nullable: hint["nullable"] as boolean | undefined,
  precision: hint["precision"] as number | undefined,
  scale: hint["scale"] as number | undefined,
  timezone: hint["timezone"] as boolean | undefined,
  description: hint["description"] as string | undefined,
});

/** The resource as it is in one run. */
function goldenResource(golden: NormalizeCase, run: number): Resource {
  const { schema = {} } = golden;
  const options = { ...golden.resource, ...golden.resources?.[run] };
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
    contract: goldenContract(golden.contracts?.[run] ?? options["schema_contract"]),
    maxTableNesting: (options["max_table_nesting"] ?? schema["max_nesting"]) as number | undefined,
  });
}

function goldenContract(stored: unknown): ContractOption | undefined {
  return stored === undefined || stored === null ? undefined : parseContract(stored);
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
    ...(table.extra?.["schema_contract"] === undefined ? {} : { schema_contract: table.extra["schema_contract"] }),
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

type GoldenError = NonNullable<NormalizeCase["expected"]["batches"][number]["error"]>;

/** Where a value has another type dlt names the variant column that it would have made, and we the column that the value came for. */
function contractRefusal(entity: ContractEntity, table: string, column: string | undefined): string {
  return `contract: ${entity} of ${table}, ${column?.replace(/__v_.*/, "") ?? "no column"}`;
}

function refusalOf({ kind, entity, table, column }: GoldenError): string {
  if (kind !== "contract") return refusals[kind] ?? kind;
  return contractRefusal(entity === "tables" || entity === "columns" ? entity : "dataType", table ?? "", column);
}

// dlt tells a column that never had a value from one that got a null; one error of ours is both.
const refusals: Readonly<Record<string, string>> = { "null-in-not-null": "no value", "unbound-column": "no value" };

function refused(pages: Pages, options: Options, error: GoldenError, nothing: Pages[number], before: Schema) {
  // Nothing is left of the batch but what the resource declares.
  return {
    ours: failureOf(pages, options),
    theirs: refusalOf(error),
    left: failureOf([nothing], options) === "none" ? normalizePages([nothing], options).normalizer.schema : before,
  };
}

function failureOf(pages: Pages, options: Options): string {
  try {
    normalizePages(pages, options);
    return "none";
  } catch (error) {
    if (error instanceof NullKeyError) return "no value";
    if (error instanceof ContractViolationError) return contractRefusal(error.entity, error.table, error.column);
    throw error;
  }
}

function withoutSeen(tables: Readonly<Record<string, GoldenTable>>): Record<string, GoldenTable> {
  return Object.fromEntries(
    Object.entries(tables).map(([name, { seen_data: _seen, ...table }]) => [name, table] as const),
  );
}

/** Runs a case batch by batch and holds rows, refusals and the schema at the end against what dlt did. */
export function checkGolden(golden: NormalizeCase): void {
  const limit = golden.schema?.["max_identifier_length"] as number | undefined;
  const capabilities: Partial<Capabilities> =
    limit === undefined ? {} : { maxColumnNameLength: limit, maxTableNameLength: limit };
  let schema: Schema = emptySchema;
  golden.batches.forEach((records, index) => {
    const expected = golden.expected.batches[index] ?? {};
    const resources = [goldenResource(golden, index)];
    const pageOf = (text: string) => page(text, { resource: resources[0]?.name ?? "" });
    const options = { resources, schema, capabilities, loadId: `L${index}` };
    const pages = [pageOf(jsonTextOf(records))];
    const { ours, theirs, left } =
      expected.error === undefined
        ? loaded(pages, options, expected.rows ?? {})
        : refused(pages, options, expected.error, pageOf("[]"), schema);
    expect(ours).toEqual(theirs);
    schema = left;
  });
  const tables = Object.fromEntries(Object.entries(schema.tables).map(([name, table]) => [name, goldenTable(table)]));
  // After a refused batch dlt's schema has forgotten that the table has rows.
  if (golden.expected.batches.at(-1)?.error === undefined) expect(tables).toEqual(golden.expected.tables);
  else expect(withoutSeen(tables)).toEqual(withoutSeen(golden.expected.tables));
}
