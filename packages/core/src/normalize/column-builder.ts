import type { DataType } from "../schema/data-types.ts";
import type { Column } from "../schema/schema.ts";
import type { Cell } from "./coerce.ts";
import { TypeloadError } from "../errors.ts";
import type { ColumnVector } from "./row-batch.ts";
import type { TextHeap } from "./text-heap.ts";

type Physical = ColumnVector["physical"];

/** A column that has a type. */
export type TypedColumn = Column & { readonly dataType: DataType };

/** How the cells of a type are kept: see row-batch.ts. */
function physicalOf(type: DataType): Physical {
  switch (type) {
    case "bigint":
    case "timestamp":
    case "time":
      return "int64";
    case "date":
      return "int32";
    case "double":
      return "float64";
    case "bool":
      return "bool";
    default:
      return "bytes";
  }
}

const none = new Uint8Array(0);
/** Which of the two words of a 64-bit integer is the lower one on this machine. */
const low = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** The cells of one column for the batch that is being filled. Vectors grow; what was not set is null. */
export class ColumnBuilder {
  column: TypedColumn;
  /** The row, counted over the whole package, that set this column last, and who set it: two of one row collide. */
  filledRow = -1;
  filledBy: object | undefined;
  /** Position among the key columns of the table, -1 for others. */
  keyIndex = -1;
  /** Where misfits of each type went last. */
  readonly variants = new Map<DataType, ColumnBuilder>();
  /** An integer beyond 2^53 was seen, so the column cannot become `double` any more. */
  beyondDouble = false;
  /** `hint`: the type was given, so numbers stay exact. `refusal`: the destination refused a wider type, so the column has this one for ever. */
  readonly keepsType: "hint" | "refusal" | undefined;
  private physical: Physical;
  private capacity = 0;
  private valid: Uint8Array = none;
  private bytes8: Uint8Array = none;
  private offsets = new Uint32Array(0);
  private lengths = new Uint32Array(0);
  private int64 = new BigInt64Array(0);
  /** The same memory as `int64`. */
  private words = new Int32Array(0);
  private int32 = new Int32Array(0);
  private float64 = new Float64Array(0);

  constructor(column: TypedColumn, keepsType: ColumnBuilder["keepsType"]) {
    this.column = column;
    this.keepsType = keepsType;
    this.physical = physicalOf(column.dataType);
  }

  /** Sets one cell. `cell` has the form that `coerce` gives for this column's type. */
  put(row: number, cell: Cell, heap: TextHeap): void {
    switch (this.physical) {
      case "bytes":
        if (typeof cell === "string") heap.writeText(cell);
        else heap.writeBytes(cell as Uint8Array); // nothing else comes out of `coerce` for these types
        this.putSpan(row, heap.start, heap.length);
        return;
      case "float64":
        this.mark(row);
        this.float64[row] = Number(cell);
        return;
      case "int64":
        if (typeof cell === "bigint") this.putBigint(row, cell);
        else this.putInteger(row, Number(cell));
        return;
      case "int32":
        this.mark(row);
        this.int32[row] = Number(cell);
        return;
      case "bool":
        this.mark(row);
        this.bytes8[row] = cell === true ? 1 : 0;
    }
  }

  /** Empties a cell that was set. */
  clear(row: number): void {
    this.filledRow = -1;
    this.valid[row] = 0;
  }

  /** Points a cell at bytes that stand in the heap already. */
  putSpan(row: number, start: number, length: number): void {
    this.mark(row);
    this.offsets[row] = start;
    this.lengths[row] = length;
  }

  /** A whole number within ±2^53, written as two words: making a bigint for each cell costs more. */
  putInteger(row: number, value: number): void {
    this.mark(row);
    const high = Math.floor(value / 4_294_967_296);
    this.words[row * 2 + low] = value - high * 4_294_967_296;
    this.words[row * 2 + 1 - low] = high;
  }

  putDouble(row: number, value: number): void {
    this.mark(row);
    this.float64[row] = value;
  }

  /** Changes the type, cells included. `change` gives a cell of the new type for one of the old. */
  retype(column: TypedColumn, rows: number, heap: TextHeap, change: (cell: bigint) => Cell): void {
    if (this.physical !== "int64") {
      throw new TypeloadError(
        `column "${column.name}" cannot change from ${this.column.dataType}: please report this`,
        { code: "internal" },
      );
    }
    const { valid, int64 } = this;
    this.column = column;
    this.physical = physicalOf(column.dataType);
    this.reset();
    for (let row = 0; row < rows; row++) if (valid[row] === 1) this.put(row, change(int64[row] ?? 0n), heap);
  }

  /** The cells as a vector of `rows` rows. Afterwards the column is empty. */
  take(rows: number): ColumnVector {
    this.grow(rows);
    const { column, physical } = this;
    const valid = this.valid.subarray(0, rows);
    try {
      switch (physical) {
        case "bytes":
          return {
            column,
            physical,
            valid,
            offsets: this.offsets.subarray(0, rows),
            lengths: this.lengths.subarray(0, rows),
          };
        case "int64":
          return { column, physical, valid, values: this.int64.subarray(0, rows) };
        case "int32":
          return { column, physical, valid, values: this.int32.subarray(0, rows) };
        case "float64":
          return { column, physical, valid, values: this.float64.subarray(0, rows) };
        case "bool":
          return { column, physical, valid, values: this.bytes8.subarray(0, rows) };
      }
    } finally {
      this.reset();
    }
  }

  private putBigint(row: number, value: bigint): void {
    this.mark(row);
    this.int64[row] = value;
  }

  private mark(row: number): void {
    if (row >= this.capacity) this.grow(row + 1);
    this.valid[row] = 1;
  }

  private reset(): void {
    this.capacity = 0;
    this.valid = none;
    this.bytes8 = none;
    this.offsets = new Uint32Array(0);
    this.lengths = new Uint32Array(0);
    this.int64 = new BigInt64Array(0);
    this.int32 = new Int32Array(0);
    this.float64 = new Float64Array(0);
  }

  private grow(rows: number): void {
    if (rows <= this.capacity) return;
    const capacity = Math.max(64, rows, this.capacity * 2);
    this.valid = enlarged(this.valid, new Uint8Array(capacity));
    switch (this.physical) {
      case "bytes":
        this.offsets = enlarged(this.offsets, new Uint32Array(capacity));
        this.lengths = enlarged(this.lengths, new Uint32Array(capacity));
        break;
      case "int64":
        this.int64 = enlarged(this.int64, new BigInt64Array(capacity));
        this.words = new Int32Array(this.int64.buffer);
        break;
      case "int32":
        this.int32 = enlarged(this.int32, new Int32Array(capacity));
        break;
      case "float64":
        this.float64 = enlarged(this.float64, new Float64Array(capacity));
        break;
      case "bool":
        this.bytes8 = enlarged(this.bytes8, new Uint8Array(capacity));
    }
    this.capacity = capacity;
  }
}

function enlarged<T extends { set(array: never, offset?: number): void }>(from: T, to: T): T {
  // Both are typed arrays of one kind.
  to.set(from as never);
  return to;
}
