import { jsonText } from "../scan/json-text.ts";
import { quarantineTable } from "../schema/system-tables.ts";
import type { QuarantinedRow } from "./contract-guard.ts";
import { TableBuilder, type TableContext } from "./table-builder.ts";

/** Writes what contracts left out into rows of `_typeload_quarantine`. */
export class QuarantineBuilder {
  readonly table: TableBuilder;
  private readonly loadId: string;

  constructor(context: TableContext, loadId: string) {
    this.table = new TableBuilder(quarantineTable, undefined, context);
    this.loadId = loadId;
  }

  add({ resource, table, path, reason, value }: QuarantinedRow): void {
    const cells = { load_id: this.loadId, resource, table_name: table, path, reason, record: jsonText(value) };
    for (const [name, cell] of Object.entries(cells))
      this.table.column(name)?.put(this.table.row, cell, this.table.heap);
    this.table.endRow(this.table.serial);
  }
}
