import type { ColumnBuilder, TypedColumn } from "./column-builder.ts";
import { listIndexColumn, loadIdColumn, parentIdColumn, rootIdColumn, rowIdColumn } from "./lineage-columns.ts";
import type { TableBuilder } from "./table-builder.ts";
import type { TextHeap } from "./text-heap.ts";

/** Writes load id, row id, and the links to parent and root, into the row that is being filled. */
export class Lineage {
  private readonly table: TableBuilder;
  private readonly id: ColumnBuilder;
  private readonly loadId: RepeatedText | undefined;
  private readonly rootId: RepeatedText | undefined;
  private readonly parentId: RepeatedText | undefined;
  private readonly index: ColumnBuilder | undefined;

  /** Makes the columns that are missing: they come after the data columns of the first row. */
  constructor(table: TableBuilder, options: { readonly withRootId: boolean }) {
    this.table = table;
    const column = (definition: TypedColumn) => table.column(definition.name) ?? table.add(definition);
    if (table.parent === undefined) {
      this.loadId = new RepeatedText(column(loadIdColumn));
    } else {
      // Rows that were stored before the root id was needed have none.
      const rootId = table.stored ? { ...rootIdColumn, nullable: true } : rootIdColumn;
      if (options.withRootId || table.column(rootIdColumn.name) !== undefined)
        this.rootId = new RepeatedText(column(rootId));
      this.parentId = new RepeatedText(column(parentIdColumn));
      this.index = column(listIndexColumn);
    }
    this.id = column(rowIdColumn);
  }

  root(id: string, loadId: string): void {
    const { table } = this;
    this.loadId?.put(table.row, loadId, table.heap);
    this.id.put(table.row, id, table.heap);
  }

  child(id: string, rootId: string, parentId: string, index: number): void {
    const { table } = this;
    this.rootId?.put(table.row, rootId, table.heap);
    this.parentId?.put(table.row, parentId, table.heap);
    this.index?.putInteger(table.row, index);
    this.id.put(table.row, id, table.heap);
  }
}

/** A text that is the same for many rows in a row: it is written once a batch. */
class RepeatedText {
  private readonly column: ColumnBuilder;
  private text = "";
  private heap: TextHeap | undefined;
  private start = 0;
  private length = 0;

  constructor(column: ColumnBuilder) {
    this.column = column;
  }

  put(row: number, text: string, heap: TextHeap): void {
    if (heap !== this.heap || text !== this.text) {
      heap.writeText(text);
      this.text = text;
      this.heap = heap;
      this.start = heap.start;
      this.length = heap.length;
    }
    this.column.putSpan(row, this.start, this.length);
  }
}
