import { indexInObjectId, objectId } from "../object-id.ts";
import type { RecordSource } from "./record-list.ts";

/** A source whose records are made from their index, with ids of the usual form. */
export function generatedSource<T extends object>(options: {
  seed: number;
  stream: number;
  /** The number of the parent record, for lists that belong to one. */
  parent?: number | undefined;
  size: number;
  created: (index: number) => number;
  make: (index: number, id: string) => T;
  listed?: ((record: T) => object) | undefined;
}): RecordSource<T> {
  const { seed, stream, parent, created, make, listed } = options;
  const newId = (index: number, epoch: number): string => objectId(seed, stream, index, epoch, parent);
  const id = (index: number): string => newId(index, created(index));
  return {
    size: options.size,
    created,
    id,
    indexOf(text) {
      const index = indexInObjectId(seed, stream, text, parent);
      return index !== undefined && index < options.size ? index : undefined;
    },
    make: (index) => make(index, id(index)),
    newId,
    ...(listed === undefined ? {} : { listed }),
  };
}
