import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { readList } from "../reading/read-list.ts";

/** Conversations. The API has no filter for them: beyond its offset ceiling they are `truncated`, and every run reads the list again. */
export function conversationsResource({ client }: CliengoReading): Resource<"conversations"> {
  return defineResource({
    name: "conversations",
    primaryKey: "id",
    writeDisposition: "merge",
    unchanged: "keep",
    ...apiHints("conversations"),
    read: ({ signal }) =>
      readList({ pass: (page) => client.conversations.list({}, { signal }).rawPages(page), sorted: false }),
  });
}
