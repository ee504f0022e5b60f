import { RecordList, type ListChange, type RecordSource } from "./record-list.ts";

/** The lists of one kind that hang on the records of another, such as the notes of each contact. */
export class ChildLists<T extends object> {
  readonly #parents: Pick<RecordList<object>, "indexOf">;
  readonly #source: (parent: number, parentId: string) => RecordSource<T>;
  readonly #changed: (change: ListChange, id: string, parentId: string) => void;
  /** Only lists that were written to; the others are made when asked for. */
  readonly #written = new Map<string, RecordList<T>>();

  constructor(
    parents: Pick<RecordList<object>, "indexOf">,
    source: (parent: number, parentId: string) => RecordSource<T>,
    changed: (change: ListChange, id: string, parentId: string) => void,
  ) {
    this.#parents = parents;
    this.#source = source;
    this.#changed = changed;
  }

  /** The list that belongs to this parent; undefined when there is no such parent. */
  of(parentId: string): RecordList<T> | undefined {
    const parent = this.#parents.indexOf(parentId);
    if (parent === undefined) return undefined;
    const written = this.#written.get(parentId);
    if (written !== undefined) return written;
    const list: RecordList<T> = new RecordList(this.#source(parent, parentId), (change, id) => {
      this.#written.set(parentId, list);
      this.#changed(change, id, parentId);
    });
    return list;
  }
}
