import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { planContactWindows } from "../reading/plan-contact-windows.ts";
import { readList } from "../reading/read-list.ts";
import { windowSpan } from "../reading/window-span.ts";

/** Contacts (leads), by windows of creation dates. */
export function contactsResource(reading: CliengoReading): Resource<"contacts"> {
  return defineResource({
    name: "contacts",
    primaryKey: "id",
    writeDisposition: "merge",
    unchanged: "keep",
    ...apiHints("contacts"),
    partitions: (context) => planContactWindows(context, reading),
    read({ partition, signal }) {
      const { since, until } = windowSpan(partition) ?? {};
      return readList({
        pass: () => reading.client.contacts.list({ since, until }, { signal }).rawPages({ overlap: 1 }),
        sorted: true,
      });
    },
  });
}
