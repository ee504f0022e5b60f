import type { Column, SchemaChange, Table } from "../schema/schema.ts";
import { ColumnBuilder, type TypedColumn } from "./column-builder.ts";
import type { Cell } from "./coerce.ts";
import type { ContractGuard } from "./contract-guard.ts";
import type { Lineage } from "./lineage.ts";
import type { Naming } from "./name-identifiers.ts";
import { lineageNames } from "./lineage-columns.ts";
import { type NotNullColumn, TooManyColumnsError } from "./normalize-errors.ts";
import { type RowBatch, maximumBatchBytes, maximumBatchRows } from "./row-batch.ts";
import { TextHeap } from "./text-heap.ts";

/** Where it is remembered in a stored column that the destination refused to widen it. */
const keepsTypeHint = "x-typeload-keeps-type";

/** Where collisions are remembered in a stored column or table: the member it was made for, as JSON. */
export const ownerHint = "x-typeload-path";

/** What the tables of one package share. */
export interface TableContext {
  readonly naming: Naming;
  readonly changes: SchemaChange[];
  readonly maximumColumns: number;
  /** The run that read the package. */
  readonly runId: string;
  /** Was a wider type of this column refused by the destination? */
  readonly keepsType: (table: string, column: string) => boolean;
  /** Takes a batch that is full. */
  readonly hand: (batch: RowBatch) => unknown;
}

/** Which run made a table, where a contract wants to know: that run's packages make its columns freely. */
const madeByHint = "x-typeload-made-by-run";

/** What is said of one table. */
export interface TableRules {
  /** Columns whose type the resource gives: they are never widened. */
  readonly hinted?: ReadonlySet<string> | undefined;
  /** Default: the parent's. */
  readonly guard?: ContractGuard | undefined;
}

/** What was handed over of one version of a table. */
export interface StagedVersion {
  readonly tableVersion: number;
  readonly table: Table;
  readonly rows: number;
}

/** One table while a package is normalized: its columns, and the rows that wait to be handed over. */
export class TableBuilder {
  readonly parent: TableBuilder | undefined;
  /** Row in the batch that is being filled. */
  row = 0;
  /** Row counted over the whole package. */
  serial = 0;
  /** Root records so far: the ordinal of the last one. */
  records = 0;
  heap = new TextHeap(1024);
  /** Values of the key columns of the row being filled, as they came. */
  keyValues: unknown[] = [];
  readonly keyNames: readonly string[];
  /** The parent's row and the member whose list was fed last: two lists of one row must not share a table. */
  listOwner: { parentSerial: number; member: object } | undefined;
  /** Writes the columns of ours. Set with the first row. */
  lineage: Lineage | undefined;
  /** The table had rows before this package. */
  readonly stored: boolean;
  /** Holds rows to the contract of the resource, where it has one. */
  readonly guard: ContractGuard | undefined;
  private readonly context: TableContext;
  private definition: Table;
  private readonly typed: ColumnBuilder[] = [];
  private readonly byName = new Map<string, ColumnBuilder>();
  /** Hinted columns without a type. */
  private readonly incomplete = new Map<string, Column>();
  private readonly owners = new Map<string, ColumnBuilder>();
  /** Key columns: every row must have them. */
  private required: string[] = [];
  /** Some column besides ours must not be null. */
  refusesNulls = false;
  private snapshot: Table | undefined;
  private ordinals = new Float64Array(64);
  private version = 1;
  private handedOver = 0;
  private readonly finished: StagedVersion[] = [];

  constructor(
    table: Table,
    parent: TableBuilder | undefined,
    context: TableContext,
    { hinted = new Set(), guard }: TableRules = {},
  ) {
    this.definition = table;
    this.guard = guard ?? parent?.guard;
    this.parent = parent;
    this.stored = table.seenData === true;
    this.context = context;
    this.keyNames = table.columns.filter((column) => column.primaryKey === true).map((column) => column.name);
    for (const column of table.columns) {
      if (column.dataType !== undefined) {
        const typed = column as TypedColumn; // just checked
        this.insert(this.build(typed, hinted.has(typed.name)));
      } else this.incomplete.set(column.name, column);
    }
    this.findRequired();
  }

  get name(): string {
    return this.definition.name;
  }

  /** The table as it is now. */
  get table(): Table {
    this.snapshot ??= {
      ...this.definition,
      columns: [...this.typed.map((builder) => builder.column), ...this.incomplete.values()],
    };
    return this.snapshot;
  }

  get staged(): readonly StagedVersion[] {
    const current = { tableVersion: this.version, table: this.table, rows: this.handedOver };
    return this.handedOver > 0 ? [...this.finished, current] : this.finished;
  }

  /** May this column be made? `what` says why it is wanted. */
  allowsColumn(column: string, what: () => string): boolean {
    const { guard, name } = this;
    if (guard === undefined || this.isNew) return true;
    return guard.allows({ entity: "columns", table: name, column, reason: what() });
  }

  /** For contracts, as in dlt: a root table is new as long as the run lasts that made it, a child table until its first row is there. */
  private get isNew(): boolean {
    if (this.parent !== undefined) return !this.stored && this.lineage === undefined;
    return !this.stored || this.definition.extra?.[madeByHint] === this.context.runId;
  }

  /** May this column get another type, or a variant beside it? */
  allowsType(column: string, what: () => string): boolean {
    return this.guard?.allows({ entity: "dataType", table: this.name, column, reason: what() }) ?? true;
  }

  /** It has rows, or none because none came; not because the contract refuses the table. */
  get mayExist(): boolean {
    return this.stored || this.lineage !== undefined || this.guard?.makesTables !== false;
  }

  /** Some column has a type. */
  get isTyped(): boolean {
    return this.typed.length > 0;
  }

  has(name: string): boolean {
    return this.byName.has(name) || this.incomplete.has(name);
  }

  /** Is this a column of ours, which no member of a record fills? */
  reserves(name: string): boolean {
    if (lineageNames.has(name)) return true;
    const column = this.byName.get(name)?.column;
    return column?.validFrom === true || column?.validTo === true;
  }

  column(name: string): ColumnBuilder | undefined {
    return this.byName.get(name);
  }

  /** Must this column, typed or not, have a value wherever its member stands? */
  isNotNull(name: string): boolean {
    return (this.byName.get(name)?.column ?? this.incomplete.get(name))?.nullable === false;
  }

  /** The column that an earlier collision gave to a member. */
  owned(keys: readonly string[]): ColumnBuilder | undefined {
    return this.owners.size === 0 ? undefined : this.owners.get(JSON.stringify(keys));
  }

  /** The member is a json column already, so its objects and lists stay whole. */
  keepsWhole(keys: readonly string[]): boolean {
    return (
      this.byName.get(this.context.naming.column(keys.slice(0, -1), keys.at(-1) ?? ""))?.column.dataType === "json"
    );
  }

  /** Makes a column, or gives an incomplete one its type; what hints said of it is kept. */
  add(column: TypedColumn, options: { readonly hinted: boolean } = { hinted: false }): ColumnBuilder {
    const hinted = this.incomplete.get(column.name);
    this.incomplete.delete(column.name);
    const builder = this.build({ ...column, ...hinted, dataType: column.dataType }, options.hinted);
    this.insert(builder);
    this.findRequired();
    this.snapshot = undefined;
    // The columns of the first row come with the table; a variant is a change of its own kind.
    if (this.definition.seenData === true && column.variant !== true) {
      const { name, dataType } = column;
      this.context.changes.push({ kind: "column-added", table: this.name, column: name, dataType });
    }
    if (this.typed.length > this.context.maximumColumns)
      throw new TooManyColumnsError(this.name, this.context.maximumColumns, column.name);
    return builder;
  }

  /** Changes the type of a column that came to be in this package. Rows of both types never stand in one version. */
  widen(builder: ColumnBuilder, column: TypedColumn, change: (cell: bigint) => Cell): void {
    if (this.handedOver > 0) {
      this.finished.push({ tableVersion: this.version, table: this.table, rows: this.handedOver });
      this.version++;
      this.handedOver = 0;
    }
    builder.retype(column, this.row + 1, this.heap, change);
    this.snapshot = undefined;
  }

  /** The first key column without a value in the row being filled. */
  missing(): string | undefined {
    return this.required.find((name) => this.byName.get(name)?.filledRow !== this.serial);
  }

  /** What an error says of a column that must not be null. */
  describe(name: string): NotNullColumn {
    const column = this.byName.get(name)?.column ?? this.incomplete.get(name);
    return { name, type: column?.dataType, isKey: this.required.includes(name) };
  }

  /** Ends the row; hands the batch over when it is full. */
  endRow(ordinal: number): void {
    if (this.row >= this.ordinals.length) {
      const larger = new Float64Array(this.ordinals.length * 2);
      larger.set(this.ordinals);
      this.ordinals = larger;
    }
    this.ordinals[this.row] = ordinal;
    this.row++;
    this.serial++;
    if (this.row >= maximumBatchRows || this.heap.size >= maximumBatchBytes) this.cut();
  }

  /** Empties the row that is being filled; the next one takes its place. */
  undoRow(): void {
    for (const builder of this.typed) if (builder.filledRow === this.serial) builder.clear(this.row);
  }

  /** Marks the table as one that has rows. */
  firstRow(): void {
    if (!this.stored) this.context.changes.push({ kind: "table-added", table: this.name });
    this.definition = { ...this.definition, seenData: true };
    if (!this.stored && this.parent === undefined && this.guard !== undefined) {
      const extra = { ...this.definition.extra, [madeByHint]: this.context.runId };
      this.definition = { ...this.definition, extra };
    }
    this.snapshot = undefined;
  }

  /** Hands over the rows that wait. */
  cut(): void {
    const { row, heap, ordinals } = this;
    if (row === 0) return;
    const columns = this.typed.map((builder) => builder.take(row));
    this.context.hand({
      table: this.table,
      tableVersion: this.version,
      rowCount: row,
      bytes: heap.take(),
      columns,
      ordinals: ordinals.subarray(0, row),
    });
    this.handedOver += row;
    this.row = 0;
    // As large as the last batch needed, so that a long load does not grow it anew each time.
    this.heap = new TextHeap(Math.min(maximumBatchBytes + 65_536, Math.max(1024, heap.size + (heap.size >> 3))));
    this.ordinals = new Float64Array(Math.max(64, row));
  }

  private build(column: TypedColumn, hinted: boolean): ColumnBuilder {
    if (this.context.keepsType(this.name, column.name)) {
      return new ColumnBuilder({ ...column, extra: { ...column.extra, [keepsTypeHint]: true } }, "refusal");
    }
    return new ColumnBuilder(column, column.extra?.[keepsTypeHint] === true ? "refusal" : hinted ? "hint" : undefined);
  }

  private insert(builder: ColumnBuilder): void {
    const { column } = builder;
    this.typed.push(builder);
    this.byName.set(column.name, builder);
    builder.keyIndex = this.keyNames.indexOf(column.name);
    const owner = column.extra?.[ownerHint];
    if (typeof owner === "string") this.owners.set(owner, builder);
  }

  private findRequired(): void {
    const columns = [...this.typed.map((builder) => builder.column), ...this.incomplete.values()];
    const notNull = columns.filter(({ name, nullable }) => nullable === false && !lineageNames.has(name));
    this.refusesNulls = notNull.length > 0;
    this.required = notNull
      .filter(({ primaryKey, mergeKey, rowVersion }) => [primaryKey, mergeKey, rowVersion].includes(true))
      .map(({ name }) => name);
  }
}
