import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { readList } from "../reading/read-list.ts";

/** The sites of the account, which records call `websiteId`. Their channel tokens are secrets and never loaded. */
export function sitesResource({ client }: CliengoReading): Resource<"sites"> {
  return defineResource({
    name: "sites",
    primaryKey: "id",
    writeDisposition: "merge",
    unchanged: "keep",
    ...apiHints("sites"),
    read: ({ signal }) => readList({ pass: (page) => client.sites.list({}, { signal }).rawPages(page), sorted: false }),
  });
}
