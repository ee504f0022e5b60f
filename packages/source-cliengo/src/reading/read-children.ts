import type { JsonValue, PageBytes, PartitionVerdict, ReadContext } from "@typeload/core";
import { isCliengoError } from "@typeload/cliengo-sdk";
import type { RawPage } from "@typeload/cliengo-sdk";
import { readList } from "./read-list.ts";

/**
 * Reads the list that hangs on one parent record. A parent that is gone (404) is noted and has no rows: somebody deleted it while we
 * read.
 */
export async function* readChildren(
  context: ReadContext,
  pass: () => AsyncIterable<RawPage>,
  fields: Readonly<Record<string, JsonValue>>,
): AsyncGenerator<PageBytes, PartitionVerdict, undefined> {
  try {
    return yield* readList({ pass, sorted: false, fields });
  } catch (error) {
    if (!isCliengoError(error) || error.status !== 404) throw error;
    context.note(
      `${context.partition.id} is gone (404): it was deleted while it was read, so nothing of it was loaded`,
    );
    return { rows: "proved", expected: 0, read: 0 };
  }
}
