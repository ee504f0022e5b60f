import { defineResource, pageBytes } from "@typeload/core";
import type { ColumnHint, DataType, Resource, WriteDispositionOption } from "@typeload/core";
import { jsonTextOf } from "../../../packages/core/test/normalize/golden-value.ts";
import type { GoldenValue } from "../../../packages/core/test/normalize/golden-value.ts";
import type { GoldenOptions } from "./load-case.ts";

/** The resource of one run of a golden case, as a user would define it. The records come as the bytes that an API would have sent. */
export function loadResource(options: GoldenOptions, records: readonly GoldenValue[]): Resource {
  const bytes = new TextEncoder().encode(jsonTextOf(records));
  const { name = "t", write_disposition: disposition, columns = {} } = options;
  return defineResource({
    name: String(name),
    tableName: String(options["table_name"] ?? name),
    primaryKey: keys(options["primary_key"]),
    mergeKey: keys(options["merge_key"]),
    writeDisposition: dispositionOf(disposition),
    unchanged:
      typeof disposition === "object" && disposition !== null && "skip_unchanged_rows" in disposition
        ? "keep"
        : "rewrite",
    // dlt's hints by column, as the README of the golden files states them.
    columns: Object.fromEntries(
      Object.entries(columns as Record<string, GoldenOptions>).map(([column, hint]) => [column, columnHint(hint)]),
    ),
    maxTableNesting: numberOf(options["max_table_nesting"]),
    read: () => [pageBytes(bytes)],
  });
}

function keys(key: unknown): readonly string[] {
  return key === undefined ? [] : [key].flat().map(String);
}

function dispositionOf(disposition: unknown): WriteDispositionOption {
  // The words are dlt's and ours alike.
  if (typeof disposition !== "object" || disposition === null)
    return (disposition ?? "append") as WriteDispositionOption;
  const { strategy, row_version_column_name: rowVersionColumn } = disposition as Readonly<Record<string, string>>;
  return { merge: strategy, ...(rowVersionColumn === undefined ? {} : { rowVersionColumn }) } as WriteDispositionOption;
}

function columnHint(hint: GoldenOptions): ColumnHint {
  const { data_type: dataType, nullable, dedup_sort: dedupSort, hard_delete: hardDelete } = hint;
  // The values are dlt's and ours alike.
  return {
    dataType: dataType as DataType | undefined,
    nullable: nullable as boolean | undefined,
    precision: numberOf(hint["precision"]),
    scale: numberOf(hint["scale"]),
    dedupSort: dedupSort as ColumnHint["dedupSort"],
    hardDelete: hardDelete as boolean | undefined,
  };
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
