/** All that a list gives. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Their ids, in an order of its own. */
export const idsOf = (contacts: readonly { id: string }[]): string[] => contacts.map(({ id }) => id).toSorted();
