import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { planChildren } from "../reading/plan-children.ts";
import { readChildren } from "../reading/read-children.ts";

/** Notes on contacts: a request for each contact whose window is read. No source says that a note moves its contact's
 * `lastUpdateDate`. */
export function contactNotesResource({ client }: CliengoReading): Resource<"contact_notes"> {
  return defineResource({
    name: "contact_notes",
    primaryKey: "ID",
    writeDisposition: "merge",
    unchanged: "keep",
    concurrency: 8,
    parent: { resource: "contacts", fields: ["id", "lastUpdateDate"] },
    ...apiHints("contact_notes"),
    partitions: (context) =>
      planChildren(context, {
        resource: "contact_notes",
        parent: "contacts",
        changed: "lastUpdateDate",
        movesAlways: false,
      }),
    async *read(context) {
      const { partition, signal } = context;
      if (partition.kind === "marker") return { rows: "proved", expected: 0, read: 0 };
      return yield* readChildren(context, {
        pass: (page) => client.contacts.notes.list(partition.id, {}, { signal }).rawPages(page),
        fields: { contactId: partition.id },
        parent: () => client.contacts.get(partition.id, { signal }),
      });
    },
  });
}
