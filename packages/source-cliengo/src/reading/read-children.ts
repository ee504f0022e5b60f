import type { JsonValue, PageBytes, PartitionVerdict, ReadContext } from "@typeload/core";
import { isCliengoError } from "@typeload/cliengo-sdk";
import type { RawPage } from "@typeload/cliengo-sdk";
import { readList } from "./read-list.ts";

/** The list that hangs on one parent record. */
export interface ChildReading {
  pass(page: { readonly overlap: number }): AsyncIterable<RawPage>;
  /** Records have an id. Default true. */
  readonly keyed?: boolean | undefined;
  /** Columns every record gets besides its own. */
  readonly fields: Readonly<Record<string, JsonValue>>;
  /** Asks for the parent itself. */
  parent(): Promise<unknown>;
}

/**
 * Reads the list that hangs on one parent record. A parent that is gone (404, and itself too) has no rows: somebody deleted it while we
 * read. Where the parent is still there, a 404 of its list proves nothing: `unproved`, so that the next run asks again.
 */
export async function* readChildren(
  context: ReadContext,
  { pass, keyed, fields, parent }: ChildReading,
): AsyncGenerator<PageBytes, PartitionVerdict, undefined> {
  const { id } = context.partition;
  try {
    return yield* readList({ pass, sorted: false, keyed, fields });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  if (await isGone(parent)) {
    context.note(`${id} is gone (404): it was deleted while it was read, so nothing of it was loaded`);
    return { rows: "proved", expected: 0, read: 0 };
  }
  const note = `Cliengo says that ${id} has no such list (404), although ${id} itself is there: the next run asks again`;
  context.note(note);
  return { rows: "unproved", read: 0, note };
}

async function isGone(parent: () => Promise<unknown>): Promise<boolean> {
  try {
    await parent();
    return false;
  } catch (error) {
    if (isNotFound(error)) return true;
    throw error;
  }
}

function isNotFound(error: unknown): boolean {
  return isCliengoError(error) && error.status === 404;
}
