import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { readList } from "../reading/read-list.ts";

/** The chat widget of each site. It has no id of its own: the site is its key. */
export function chatbotsResource({ client }: CliengoReading): Resource<"chatbots"> {
  return defineResource({
    name: "chatbots",
    primaryKey: "websiteId",
    writeDisposition: "merge",
    unchanged: "keep",
    ...apiHints("chatbots"),
    read: ({ signal }) =>
      readList({ pass: (page) => client.sites.chatbots.list({}, { signal }).rawPages(page), sorted: false }),
  });
}
