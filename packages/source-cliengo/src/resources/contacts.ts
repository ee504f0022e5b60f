import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { readContactWindow } from "../reading/contact-window.ts";
import { planContactWindows } from "../reading/plan-contact-windows.ts";
import { readWindow } from "../reading/read-window.ts";

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
      const { parts } = readContactWindow(partition) ?? { parts: [{}] };
      const { contacts } = reading.client;
      return readWindow(
        parts,
        (part, page) => contacts.list(part, { signal }).rawPages(page),
        (part) => contacts.windows({ ...part, signal, trustTotal: false }),
      );
    },
  });
}
