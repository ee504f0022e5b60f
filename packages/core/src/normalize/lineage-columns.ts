import type { TypedColumn } from "./column-builder.ts";

/** The columns that typeload writes itself, in dlt's form (facts: they are part of every table of a dataset that dlt made). */
export const loadIdColumn: TypedColumn = { name: "_dlt_load_id", dataType: "text", nullable: false };
export const rowIdColumn: TypedColumn = {
  name: "_dlt_id",
  dataType: "text",
  nullable: false,
  unique: true,
  rowKey: true,
};
export const rootIdColumn: TypedColumn = { name: "_dlt_root_id", dataType: "text", nullable: false, rootKey: true };
export const parentIdColumn: TypedColumn = {
  name: "_dlt_parent_id",
  dataType: "text",
  nullable: false,
  parentKey: true,
};
export const listIndexColumn: TypedColumn = { name: "_dlt_list_idx", dataType: "bigint", nullable: false };

/** Their names, which no member of a record can have. */
export const lineageNames: ReadonlySet<string> = new Set(
  [loadIdColumn, rowIdColumn, rootIdColumn, parentIdColumn, listIndexColumn].map((column) => column.name),
);
