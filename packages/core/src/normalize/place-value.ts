import type { Capabilities } from "../destination/capabilities.ts";
import type { DataType } from "../schema/data-types.ts";
import type { SchemaChange } from "../schema/schema.ts";
import { type Cell, coerce, isTimestampText } from "./coerce.ts";
import type { ColumnBuilder, TypedColumn } from "./column-builder.ts";
import { type DeriveName, deriveNames } from "./derived-name.ts";
import type { Naming } from "./name-identifiers.ts";
import { type Scalar, integerOf, rawType } from "./scalar.ts";
import type { Slot } from "./shape-node.ts";
import { type TableBuilder, ownerHint } from "./table-builder.ts";

const maximumExactInteger = 2n ** 53n;

/** Puts values into the columns of a table: finds or makes the column, coerces, widens it or goes to a variant. */
export class ValuePlacer {
  private readonly limits: Capabilities["decimalPrecision"];
  private readonly widenings: ReadonlySet<string>;
  private readonly naming: Naming;
  private readonly derive: DeriveName;
  private readonly changes: SchemaChange[];

  constructor(options: {
    readonly capabilities: Capabilities;
    readonly naming: Naming;
    readonly changes: SchemaChange[];
  }) {
    this.limits = options.capabilities.decimalPrecision;
    this.widenings = new Set(options.capabilities.widenings.map(({ from, to }) => `${from} ${to}`));
    this.naming = options.naming;
    this.derive = deriveNames(options.capabilities);
    this.changes = options.changes;
  }

  /** Puts a value into the column of its member, in the row that is being filled. */
  place(table: TableBuilder, slot: Slot, value: Scalar): void {
    const column = slot.column ?? this.open(table, slot, value);
    if (column === undefined) return;
    if (column.keyIndex >= 0) table.keyValues[column.keyIndex] = value;
    if (column.filledRow === table.serial) this.placeBeside(table, slot, column, value);
    else if (column.column.precision !== undefined) this.placeCoerced(table, slot, column, value);
    else if (typeof value === "string" && column.column.dataType === "text") write(table, slot, column, value);
    else if (typeof value === "number" && column.column.dataType === "bigint" && Number.isSafeInteger(value)) {
      claim(table, slot, column);
      column.putInteger(table.row, value);
    } else this.placeCoerced(table, slot, column, value);
  }

  /** The column that a member's values would go to, if there is one. */
  existing(table: TableBuilder, slot: Slot): ColumnBuilder | undefined {
    return table.owned(slot.keys) ?? table.column(this.naming.column(slot.keys.slice(0, -1), slot.key));
  }

  /** A null makes the column where a hint gives its type, and nothing else. Gives the column's name when it must not be null. */
  placeNull(table: TableBuilder, slot: Slot): string | undefined {
    const type = slot.hint?.dataType;
    if (slot.column === undefined && type !== undefined) this.open(table, slot, undefined, type);
    if (!table.refusesNulls) return undefined;
    slot.name ??= slot.column?.column.name ?? this.naming.column(slot.keys.slice(0, -1), slot.key);
    const { name } = slot;
    return table.isNotNull(name) ? name : undefined;
  }

  private placeCoerced(table: TableBuilder, slot: Slot, column: ColumnBuilder, value: Scalar): void {
    const known = coerce(value, column.column, this.limits);
    if (known === undefined && !this.mayMisfit(table, column, value)) return;
    const cell = known ?? this.widened(table, slot, column, value);
    if (cell !== undefined) {
      if (typeof cell === "bigint" && (cell > maximumExactInteger || cell < -maximumExactInteger))
        column.beyondDouble = true;
      write(table, slot, column, cell);
      return;
    }
    const variant = this.variant(table, column, value);
    if (variant.filledRow === table.serial) this.placeBeside(table, slot, variant, value);
    else write(table, slot, variant, coerce(value, variant.column, this.limits) ?? textOf(value));
  }

  /** The column of a member, made where it is new and the contract allows it. */
  private open(table: TableBuilder, slot: Slot, value: Scalar | undefined, type?: DataType): ColumnBuilder | undefined {
    const { naming } = this;
    const name = naming.column(slot.keys.slice(0, -1), slot.key);
    slot.column = table.owned(slot.keys) ?? (table.reserves(name) ? undefined : table.column(name));
    if (slot.column !== undefined) return slot.column;
    const dataType = type ?? this.typeFor(slot, value);
    if (!table.has(name) && !table.allowsColumn(name, () => `column "${name}" is new (${dataType})`)) return undefined;
    slot.column = this.make(
      table,
      slot,
      table.reserves(name) ? this.suffixed(table, slot, name, name) : name,
      dataType,
    );
    return slot.column;
  }

  /** May a value that the column cannot hold widen it, or go to a variant? A variant that is there already is no change. */
  private mayMisfit(table: TableBuilder, { column }: ColumnBuilder, value: Scalar): boolean {
    if (table.guard === undefined) return true;
    const raw = this.storable(value);
    const variant = table.column(this.derive(column.name, `v_${raw}`));
    if (variant !== undefined && coerce(value, variant.column, this.limits) !== undefined) return true;
    return table.allowsType(column.name, () => `column "${column.name}" is ${column.dataType}, the value is ${raw}`);
  }

  private typeFor(slot: Slot, value: Scalar | undefined): DataType {
    if (slot.hint?.dataType !== undefined) return slot.hint.dataType;
    if (value === undefined) return "text";
    return typeof value === "string" && isTimestampText(value) ? "timestamp" : this.storable(value);
  }

  private make(table: TableBuilder, slot: Slot, name: string, dataType: DataType): ColumnBuilder {
    const plain = this.naming.column(slot.keys.slice(0, -1), slot.key) === name;
    const column: TypedColumn = plain
      ? { name, dataType, nullable: true }
      : { name, dataType, nullable: true, extra: { [ownerHint]: JSON.stringify(slot.keys) } };
    // A type that a hint gives is kept; only a type that was guessed may widen.
    return table.add(column, { hinted: slot.hint?.dataType !== undefined });
  }

  /** Two members of one record want one column: the later one gets a column of its own, now and in later loads. */
  private placeBeside(table: TableBuilder, slot: Slot, taken: ColumnBuilder, value: Scalar): void {
    const owner = taken.filledBy as Slot; // Only slots fill columns.
    const wanted = taken.column.name;
    const what = (): string => `${owner.keys.join(".")} and ${slot.keys.join(".")} both want column "${wanted}"`;
    if (!table.allowsColumn(wanted, what)) return;
    const name = this.suffixed(table, slot, taken.column.name, owner.keys.join("."));
    slot.column = this.make(table, slot, name, this.typeFor(slot, value));
    this.placeCoerced(table, slot, slot.column, value);
  }

  private suffixed(table: TableBuilder, slot: Slot, name: string, owner: string): string {
    let free = name;
    for (let count = 2; free === name || table.has(free); count++) free = this.derive(`${name}_${count}`);
    this.changes.push({ kind: "name-collision", table: table.name, column: free, keys: [owner, slot.keys.join(".")] });
    return free;
  }

  /**
   * Gives the column a wider type when the destination can change it in place and every value stays exact; then the cell for the value.
   * Values of this package are known; those that are stored are looked at by the destination, which may refuse. A column whose misfits have
   * a variant column already (dlt's way) keeps both.
   */
  private widened(table: TableBuilder, slot: Slot, column: ColumnBuilder, value: Scalar): Cell | undefined {
    if (column.column.dataType !== "bigint" || column.keepsType === "refusal") return undefined;
    // Whoever said how many bits there are wants these, and bits are no digits of a decimal.
    if (column.column.precision !== undefined) return undefined;
    const to: DataType | undefined = integerOf(value) === undefined ? "double" : "decimal";
    if (rawType(value) !== to || !this.widenings.has(`bigint ${to}`)) return undefined;
    // A decimal holds every bigint, a double does not.
    const given = column.keepsType === "hint" || slot.hint?.dataType !== undefined;
    if (to === "double" && (given || column.beyondDouble)) return undefined;
    if (table.column(this.derive(column.column.name, `v_${to}`)) !== undefined) return undefined;
    const type: TypedColumn = { ...column.column, dataType: to };
    const cell = coerce(value, type, this.limits);
    if (cell === undefined) return undefined;
    table.widen(column, type, to === "double" ? Number : String);
    this.changes.push({ kind: "column-widened", table: table.name, column: type.name, from: "bigint", to });
    return cell;
  }

  /** The column for values that do not fit: `age__v_text`. */
  private variant(table: TableBuilder, of: ColumnBuilder, value: Scalar): ColumnBuilder {
    const dataType = this.storable(value);
    const known = of.variants.get(dataType);
    if (known !== undefined && coerce(value, known.column, this.limits) !== undefined) return known;
    const base = this.derive(of.column.name, `v_${dataType}`);
    let name = base;
    // A column of that name and another type may have come from the data, or from another loader.
    for (let count = 2; ; count++) {
      const taken = table.column(name);
      if (taken === undefined || coerce(value, taken.column, this.limits) !== undefined) break;
      name = this.derive(`${base}_${count}`);
    }
    const variant = table.column(name) ?? this.addVariant(table, of, name, dataType);
    of.variants.set(dataType, variant);
    return variant;
  }

  private addVariant(table: TableBuilder, of: ColumnBuilder, name: string, dataType: DataType): ColumnBuilder {
    this.changes.push({ kind: "variant-added", table: table.name, column: name, of: of.column.name, dataType });
    return table.add({ name, dataType, nullable: true, variant: true });
  }

  /** The type that holds this value without bending it. */
  private storable(value: Scalar): DataType {
    const raw = rawType(value);
    return raw === "decimal" && coerce(value, { name: "", dataType: "decimal" }, this.limits) === undefined
      ? "text"
      : raw;
  }
}

function claim(table: TableBuilder, slot: Slot, column: ColumnBuilder): void {
  column.filledRow = table.serial;
  column.filledBy = slot;
}

function write(table: TableBuilder, slot: Slot, column: ColumnBuilder, cell: Cell): void {
  claim(table, slot, column);
  column.put(table.row, cell, table.heap);
}

/** A value that not even its own variant column took, as text. */
function textOf(value: Scalar): string {
  // oxlint-disable-next-line typescript/no-base-to-string -- scalars have a text of their own
  return String(value);
}
