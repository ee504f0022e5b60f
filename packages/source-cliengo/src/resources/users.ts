import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { readList } from "../reading/read-list.ts";

/** The users of the account; `deleted` marks those that were removed softly. */
export function usersResource({ client }: CliengoReading): Resource<"users"> {
  return defineResource({
    name: "users",
    primaryKey: "id",
    writeDisposition: "merge",
    unchanged: "keep",
    ...apiHints("users"),
    read: ({ signal }) => readList({ pass: (page) => client.users.list({}, { signal }).rawPages(page), sorted: false }),
  });
}
