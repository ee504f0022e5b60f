import { recordText } from "../record-text.ts";

/** Where a list's records come from before anything was written to it. */
export interface RecordSource<T extends object> {
  readonly size: number;
  /** Epoch milliseconds; never grows with the index: index 0 is the newest. */
  created(index: number): number;
  id(index: number): string;
  /** The index that an id of this list stands for; may guess for ids that are not of this list. */
  indexOf(id: string): number | undefined;
  make(index: number): T;
  /** What a list answers of a record, where that is less than the record's own path answers. */
  listed?(record: T): object;
  /** The id of the `index`-th record of the list when that one is inserted, not generated. */
  newId(index: number, created: number): string;
}

export type ListChange = "insert" | "edit" | "delete";

/**
 * The records of one list, newest first. Records are made when asked for and not kept; only what was
 * inserted, edited or deleted is held. Records are never changed in place.
 */
export class RecordList<T extends object> {
  readonly #source: RecordSource<T>;
  readonly #changed: (change: ListChange, id: string) => void;
  /** Indices in list order; absent while nothing was inserted or deleted. */
  #order: number[] | undefined;
  readonly #records = new Map<number, T>();
  readonly #inserted = new Map<number, { id: string; created: number }>();
  readonly #insertedIds = new Map<string, number>();
  readonly #deleted = new Set<number>();

  constructor(source: RecordSource<T>, changed: (change: ListChange, id: string) => void) {
    this.#source = source;
    this.#changed = changed;
  }

  get size(): number {
    return this.#order === undefined ? this.#source.size : this.#order.length;
  }

  /** The record at a position of the list, 0 being the newest. */
  at(position: number): T | undefined {
    const index = this.#indexAt(position);
    return index === undefined ? undefined : this.#record(index);
  }

  idAt(position: number): string | undefined {
    const index = this.#indexAt(position);
    return index === undefined ? undefined : this.#id(index);
  }

  /** The creation date at a position, epoch milliseconds. */
  createdAt(position: number): number | undefined {
    const index = this.#indexAt(position);
    return index === undefined ? undefined : this.#created(index);
  }

  /** The JSON text of the record at a position, byte for byte as a list answers it. */
  textAt(position: number): string | undefined {
    const index = this.#indexAt(position);
    return index === undefined ? undefined : recordText(this.#listed(this.#record(index)), index);
  }

  /** The record with this id, as its own path answers it. */
  get(id: string): T | undefined {
    const index = this.indexOf(id);
    return index === undefined ? undefined : this.#record(index);
  }

  has(id: string): boolean {
    return this.indexOf(id) !== undefined;
  }

  /** The lasting number of the record with this id; not its position. */
  indexOf(id: string): number | undefined {
    const index = this.#insertedIds.get(id) ?? this.#source.indexOf(id);
    if (index === undefined || this.#deleted.has(index)) return undefined;
    // The source only guesses: the id made again must be the id asked for.
    return this.#id(index) === id ? index : undefined;
  }

  /** The creation date of the record with this id, epoch milliseconds. */
  createdOf(id: string): number | undefined {
    const index = this.indexOf(id);
    return index === undefined ? undefined : this.#created(index);
  }

  /** Every record as its own path answers it. */
  *[Symbol.iterator](): Generator<T, undefined> {
    for (let position = 0; position < this.size; position++) {
      const record = this.at(position);
      if (record !== undefined) yield record;
    }
  }

  /** Every record as the list answers it: the same, except where lists leave members out (users). */
  *listed(): Generator<object, undefined> {
    for (const record of this) yield this.#listed(record);
  }

  *ids(): Generator<string, undefined> {
    for (let position = 0; position < this.size; position++) {
      const id = this.idAt(position);
      if (id !== undefined) yield id;
    }
  }

  /** Adds a record where its creation date puts it; `make` receives the id that it gets. Answers that id. */
  insert(created: number, make: (id: string) => T): string {
    const index = this.#source.size + this.#inserted.size;
    const id = this.#source.newId(index, created);
    const order = this.#ordered();
    this.#inserted.set(index, { id, created });
    this.#insertedIds.set(id, index);
    this.#records.set(index, make(id));
    order.splice(this.countCreatedFrom(created + 1), 0, index);
    this.#changed("insert", id);
    return id;
  }

  /** Replaces the record with what `change` makes of it. Throws a `RangeError` when there is none. */
  edit(id: string, change: (record: T) => T): T {
    const index = this.indexOf(id);
    if (index === undefined) throw new RangeError(`No record ${id} to edit`);
    const record = change(this.#record(index));
    this.#records.set(index, record);
    this.#changed("edit", id);
    return record;
  }

  /** Removes the record. Answers false when there is none. */
  delete(id: string): boolean {
    const index = this.indexOf(id);
    if (index === undefined) return false;
    const order = this.#ordered();
    order.splice(order.indexOf(index), 1);
    this.#deleted.add(index);
    this.#records.delete(index);
    this.#changed("delete", id);
    return true;
  }

  /** How many records were created at `epoch` or later: the position of the first older one. */
  countCreatedFrom(epoch: number): number {
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.createdAt(middle) ?? Number.NEGATIVE_INFINITY) >= epoch) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #ordered(): number[] {
    this.#order ??= Array.from({ length: this.#source.size }, (_, index) => index);
    return this.#order;
  }

  #indexAt(position: number): number | undefined {
    if (this.#order !== undefined) return this.#order[position];
    return position >= 0 && position < this.#source.size ? position : undefined;
  }

  #record(index: number): T {
    return this.#records.get(index) ?? this.#source.make(index);
  }

  #listed(record: T): object {
    return this.#source.listed === undefined ? record : this.#source.listed(record);
  }

  #id(index: number): string {
    return this.#inserted.get(index)?.id ?? this.#source.id(index);
  }

  #created(index: number): number {
    return this.#inserted.get(index)?.created ?? this.#source.created(index);
  }
}
