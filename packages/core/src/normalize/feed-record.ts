import { JsonNumber } from "../scan/json-number.ts";
import { jsonText } from "../scan/json-text.ts";
import type { FieldHint } from "../source/column-hints.ts";
import { element } from "./hint-tree.ts";
import { pathAt } from "./json-path.ts";
import { Lineage } from "./lineage.ts";
import { NullKeyError, type RecordPlace } from "./normalize-errors.ts";
import type { ValuePlacer } from "./place-value.ts";
import type { RowIdentity } from "./row-identity.ts";
import { JsonText, type Scalar } from "./scalar.ts";
import type { ListShape, ShapeNode, Slot } from "./shape-node.ts";
import type { TableBuilder } from "./table-builder.ts";

/** Finds or makes the table for a list. */
export type OpenList = (node: ShapeNode, slot: Slot, list: OpenedList) => TableBuilder | undefined;

/** A list that wants a table. */
export interface OpenedList {
  /** Another list of the same row has the table of that name already. */
  readonly besideOwner: boolean;
  /** JSON path from the record, for messages. */
  readonly path: () => string;
  readonly elements: readonly unknown[];
}

/** The member of a child row that holds an element which is no object, and the one that holds an element which is a list. */
const scalarKey = "value";
const listKey = "list";

/** A list that waits until its row is finished. */
interface PendingList {
  readonly node: ShapeNode;
  readonly slot: Slot;
  readonly elements: readonly unknown[];
}

/** A table to be made before any record came. */
interface DeclaredShape {
  readonly node: ShapeNode;
  readonly hints: readonly FieldHint[];
  readonly identity: RowIdentity;
}

/** What the child rows of a record have in common. */
interface RootLink {
  readonly id: string;
  readonly ordinal: number;
  readonly identity: RowIdentity;
  readonly place: RecordPlace;
}

/**
 * Walks one record and puts its values where they belong: scalars into the row, members of objects into the same row, elements of lists
 * into child rows. The order is dlt's: scalars of a level in document order, then its objects, the last one first; then the row
 * ends; then its lists. So columns come to be in dlt's order.
 */
export class RecordFeeder {
  private readonly placer: ValuePlacer;
  private readonly openList: OpenList;
  private readonly loadId: string;
  private pending: PendingList[] = [];
  /** Where in the record the row being filled stands: the index of the element in each list above it. */
  private readonly indexes: number[] = [];
  /** A column of the row being filled that got a null and must not have one. */
  private refused: string | undefined;

  constructor(options: { readonly placer: ValuePlacer; readonly openList: OpenList; readonly loadId: string }) {
    this.placer = options.placer;
    this.openList = options.openList;
    this.loadId = options.loadId;
  }

  /** Makes the columns that hints give to a record itself, and ours, as a record of nothing but nulls would. */
  declare({ node, hints, identity }: DeclaredShape): void {
    const { table } = node;
    for (const { path } of hints) {
      const last = path.at(-1);
      if (last === undefined || path.includes(element)) continue;
      let holder: ShapeNode | undefined = node;
      for (const key of path.slice(0, -1)) {
        const slot: Slot | undefined = holder?.slot(key, 0);
        holder = slot === undefined || slot.whole || slot.secret ? undefined : holder?.objectOf(slot);
      }
      const slot = holder?.slot(last, 0);
      if (slot !== undefined && !slot.secret) this.placer.placeNull(table, slot);
    }
    if (table.isTyped) this.lineageOf(table, identity);
  }

  /** Feeds one record of a page, and the fields that the page adds to each of its records. */
  record(
    node: ShapeNode,
    record: unknown,
    fields: readonly (readonly [string, unknown])[],
    identity: RowIdentity,
    place: RecordPlace,
  ): void {
    const { table } = node;
    const ordinal = ++table.records;
    if (table.keyNames.length > 0) table.keyValues = [];
    if (this.pending.length > 0) this.pending = [];
    table.guard?.begin(place);
    if (!table.stored && table.lineage === undefined && table.guard?.allowsTable(table.name, "$", record) === false)
      return;
    if (isObject(record)) this.members(node, record);
    else this.value(node, node.slot(scalarKey, 0), record);
    for (const [name, value] of fields) this.field(node, record, name, value);
    if (table.guard?.endRow(() => "$", record) === false) {
      this.drop(table);
      return;
    }
    this.checkRequired(table, place, record);
    const id = identity.root(table, record);
    this.lineageOf(table, identity).root(id, this.loadId);
    const parentSerial = table.serial;
    table.endRow(ordinal);
    this.lists(parentSerial, id, { id, ordinal, identity, place });
  }

  private field(node: ShapeNode, record: unknown, name: string, value: unknown): void {
    if (isObject(record) && (record instanceof Map ? record.has(name) : Object.hasOwn(record, name))) return;
    const slot = node.slot(name, -1);
    // A record may spell the same column differently; its own value stays.
    const column = slot.column ?? this.placer.existing(node.table, slot);
    if (column?.filledRow !== node.table.serial) this.value(node, slot, value);
  }

  private members(node: ShapeNode, object: object): void {
    let nested: (readonly [Slot, object])[] | undefined;
    let position = 0;
    const isMap = object instanceof Map;
    // Keys of an object from JSON are its own, and so is `__proto__` where there is one (then it is a Map).
    const values = object as Readonly<Record<string, unknown>>;
    for (const key of isMap ? object.keys() : Object.keys(object)) {
      const slot = node.slot(key, position);
      position = slot.position + 1;
      if (slot.secret) continue;
      const value: unknown = isMap ? object.get(key) : values[key];
      if (typeof value === "string" || typeof value === "number") this.placer.place(node.table, slot, value);
      else if (isObject(value) && !slot.whole) (nested ??= []).push([slot, value]);
      else this.value(node, slot, value);
    }
    if (nested === undefined) return;
    for (let index = nested.length - 1; index >= 0; index--) {
      const entry = nested[index];
      if (entry !== undefined) this.members(node.objectOf(entry[0]), entry[1]);
    }
  }

  /** A value that may be anything. */
  private value(node: ShapeNode, slot: Slot, value: unknown): void {
    if (slot.secret) return;
    if (value === null || value === undefined) {
      this.refused ??= this.placer.placeNull(node.table, slot);
    } else if (typeof value !== "object" || isScalarObject(value)) {
      // What is left of the types that a record can hold.
      this.placer.place(node.table, slot, value as Scalar);
    } else if (slot.whole) {
      this.placer.place(node.table, slot, new JsonText(jsonText(value)));
    } else if (Array.isArray(value)) {
      if (value.length > 0) this.pending.push({ node, slot, elements: value });
    } else {
      this.members(node.objectOf(slot), value);
    }
  }

  private lists(parentSerial: number, parentId: string, root: RootLink): void {
    if (this.pending.length === 0) return;
    const lists = this.pending;
    const level = this.indexes.length;
    for (const { node, slot, elements } of lists) {
      const shape = this.shapeOf(node, slot, parentSerial, elements);
      if (shape === undefined) continue;
      for (let index = 0; index < elements.length; index++) {
        this.indexes[level] = index;
        this.element(shape, elements[index], index, parentId, root);
      }
      this.indexes.length = level;
    }
  }

  private element(shape: ListShape, element: unknown, index: number, parentId: string, root: RootLink): void {
    const { table, node, wrapper } = shape;
    if (this.pending.length > 0) this.pending = [];
    if (isObject(element)) this.members(node, element);
    else if (Array.isArray(element)) this.value(wrapper, wrapper.slot(listKey, 0), element);
    else this.value(node, node.slot(scalarKey, 0), element);
    if (table.guard?.endRow(() => pathAt(node.path, this.indexes), element) === false) {
      this.drop(table);
      return;
    }
    this.checkRequired(table, root.place, element);
    const id = root.identity.child(table, parentId, index);
    this.lineageOf(table, root.identity).child(id, root.id, parentId, index);
    const serial = table.serial;
    table.endRow(root.ordinal);
    this.lists(serial, id, root);
  }

  /** The table of a list's elements; nothing where the contract refuses it. */
  private shapeOf(
    node: ShapeNode,
    slot: Slot,
    parentSerial: number,
    elements: readonly unknown[],
  ): ListShape | undefined {
    const open = (besideOwner: boolean): ListShape | undefined => {
      const path = (): string => pathAt(node.listPath(slot), this.indexes);
      const table = this.openList(node, slot, { besideOwner, path, elements });
      return table === undefined ? undefined : node.sendList(slot, table);
    };
    let shape = slot.list ?? open(false);
    const owner = shape?.table.listOwner;
    if (owner?.parentSerial === parentSerial && owner.member !== slot) shape = open(true);
    if (shape !== undefined) shape.table.listOwner = { parentSerial, member: slot };
    return shape;
  }

  /** A row that the contract refuses: nothing of it stays, and its lists are not looked at. */
  private drop(table: TableBuilder): void {
    this.refused = undefined;
    this.pending = [];
    table.undoRow();
  }

  private lineageOf(table: TableBuilder, identity: RowIdentity): Lineage {
    if (table.lineage === undefined) {
      table.lineage = new Lineage(table, { withRootId: identity.withRootId });
      table.firstRow();
    }
    return table.lineage;
  }

  private checkRequired(table: TableBuilder, place: RecordPlace, record: unknown): void {
    const column = this.refused ?? table.missing();
    if (column === undefined) return;
    const members = isObject(record)
      ? record instanceof Map
        ? [...record.keys()].map(String)
        : Object.keys(record)
      : [];
    throw new NullKeyError(table.name, table.describe(column), place, members);
  }
}

/** An object with members: neither a list nor a value that merely is an object in JavaScript. */
function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isScalarObject(value);
}

function isScalarObject(value: object): boolean {
  return (
    Object.getPrototypeOf(value) !== Object.prototype &&
    (value instanceof JsonNumber || value instanceof Date || value instanceof Uint8Array)
  );
}
