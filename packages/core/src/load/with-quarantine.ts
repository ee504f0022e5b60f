import type { Schema } from "../schema/schema.ts";
import { quarantineTable } from "../schema/system-tables.ts";

/** The schema as a destination sees it: `_typeload_quarantine` is filled like a table of data, and stays out of the stored schema. */
export function withQuarantine(schema: Schema): Schema {
  return { ...schema, tables: { ...schema.tables, [quarantineTable.name]: quarantineTable } };
}
