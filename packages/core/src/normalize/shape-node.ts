import { type HintNode, element } from "./hint-tree.ts";
import type { ColumnBuilder } from "./column-builder.ts";
import { elementPath, memberPath } from "./json-path.ts";
import type { TableBuilder } from "./table-builder.ts";

/** What the feeder knows of one member: where its scalars, its object's members and its list's elements go. */
export class Slot {
  readonly key: string;
  /** Member names from the row of the table down to this member. */
  readonly keys: readonly string[];
  readonly hint: HintNode | undefined;
  /** Objects and lists are kept whole, as JSON text. */
  readonly whole: boolean;
  /** The member holds a secret: nothing of it becomes a column. */
  readonly secret: boolean;
  /** Position in the order of keys, to guess the next one. */
  readonly position: number;
  /** The column's name, known once it was asked for. */
  name: string | undefined;
  /** Set when a scalar came, or null where a hint gives the type. */
  column: ColumnBuilder | undefined;
  /** Set when an object came. */
  object: ShapeNode | undefined;
  /** Set when a list with elements came. */
  list: ListShape | undefined;

  constructor(options: Pick<Slot, "keys" | "hint" | "whole" | "secret" | "position">) {
    this.key = options.keys.at(-1) ?? "";
    this.keys = options.keys;
    this.hint = options.hint;
    this.whole = options.whole;
    this.secret = options.secret;
    this.position = options.position;
  }
}

/** Where the elements of a list go. */
export interface ListShape {
  readonly table: TableBuilder;
  /** Elements that are objects, and scalars under `value`. */
  readonly node: ShapeNode;
  /** Elements that are lists, under `list`. Nesting counts them one level deeper, as dlt does. */
  readonly wrapper: ShapeNode;
}

/** What all shapes of a resource share. */
export interface ShapeRules {
  readonly maxNesting: number;
  readonly secretFields: ReadonlySet<string>;
}

interface ShapeOptions {
  readonly table: TableBuilder;
  readonly keys: readonly string[];
  readonly tableKeys: readonly string[];
  readonly path: string;
  /** The member is not one of an object: it stands for an element that is a list. Default `false`. */
  readonly holdsLists?: boolean;
  /** Of the row of the table. Elements of its lists count from there, however deep in the row the list stands, as in dlt. */
  readonly rowLevel: number;
  readonly level: number;
  readonly hint: HintNode | undefined;
  readonly rules: ShapeRules;
}

/**
 * The members seen at one place of the JSON tree, in the order in which they came first. Records of a list mostly have the same keys in
 * the same order, so the next slot is guessed by position and found without a look-up.
 */
export class ShapeNode {
  readonly table: TableBuilder;
  /** Member names between the row of the table and this object. */
  readonly keys: readonly string[];
  /** Member names between the root table's row and this object, lists included: what child tables are named after. */
  readonly tableKeys: readonly string[];
  /** JSON path of these objects, from the record. */
  readonly path: string;
  private readonly holdsLists: boolean;
  private readonly rowLevel: number;
  private readonly level: number;
  private readonly hint: HintNode | undefined;
  private readonly rules: ShapeRules;
  private readonly order: Slot[] = [];
  private readonly byKey = new Map<string, Slot>();

  constructor(options: ShapeOptions) {
    this.table = options.table;
    this.keys = options.keys;
    this.tableKeys = options.tableKeys;
    this.path = options.path;
    this.holdsLists = options.holdsLists ?? false;
    this.rowLevel = options.rowLevel;
    this.level = options.level;
    this.hint = options.hint;
    this.rules = options.rules;
  }

  /** The slot of a key that is expected at a position. */
  slot(key: string, position: number): Slot {
    const guess = this.order[position];
    return guess?.key === key ? guess : (this.byKey.get(key) ?? this.add(key));
  }

  /** The shape of the objects that a member holds. */
  objectOf(slot: Slot): ShapeNode {
    slot.object ??= new ShapeNode({
      table: this.table,
      keys: slot.keys,
      tableKeys: [...this.tableKeys, slot.key],
      path: memberPath(this.path, slot.key),
      rowLevel: this.rowLevel,
      level: this.level + 1,
      hint: slot.hint,
      rules: this.rules,
    });
    return slot.object;
  }

  /** Sends the elements of a member's lists to a table. */
  sendList(slot: Slot, table: TableBuilder): ListShape {
    const path = elementPath(this.listPath(slot));
    const at = (level: number, holdsLists: boolean): ShapeNode =>
      new ShapeNode({
        table,
        keys: [],
        tableKeys: [...this.tableKeys, slot.key],
        path,
        holdsLists,
        rowLevel: level,
        level,
        hint: slot.hint?.member(element),
        rules: this.rules,
      });
    slot.list = { table, node: at(this.rowLevel + 1, false), wrapper: at(this.rowLevel + 2, true) };
    return slot.list;
  }

  /** JSON path of the list that a member holds. */
  listPath(slot: Slot): string {
    return this.holdsLists ? this.path : memberPath(this.path, slot.key);
  }

  private add(key: string): Slot {
    const hint = this.hint?.member(key);
    const keys = [...this.keys, key];
    const slot = new Slot({
      keys,
      hint,
      whole: this.level >= this.rules.maxNesting || hint?.dataType === "json" || this.table.keepsWhole(keys),
      secret: this.rules.secretFields.has(key),
      position: this.order.length,
    });
    this.order.push(slot);
    this.byKey.set(key, slot);
    return slot;
  }
}
