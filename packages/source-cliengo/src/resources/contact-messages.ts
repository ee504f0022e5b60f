import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { planChildren } from "../reading/plan-children.ts";
import { readChildren } from "../reading/read-children.ts";

/** What contacts wrote into forms: a request for each contact whose window is read. The messages have no id; the key is made of contact, content and, of equals, the
 * position. */
export function contactMessagesResource({ client }: CliengoReading): Resource<"contact_messages"> {
  return defineResource({
    name: "contact_messages",
    writeDisposition: "merge",
    rowIdentity: "content",
    unchanged: "keep",
    concurrency: 8,
    parent: { resource: "contacts", fields: ["id", "lastUpdateDate"] },
    ...apiHints("contact_messages"),
    partitions: (context) =>
      planChildren(context, {
        resource: "contact_messages",
        parent: "contacts",
        changed: "lastUpdateDate",
        movesAlways: false,
      }),
    async *read(context) {
      const { partition, signal } = context;
      if (partition.kind === "marker") return { rows: "proved", expected: 0, read: 0 };
      return yield* readChildren(context, {
        pass: (page) => client.contacts.messages.list(partition.id, {}, { signal }).rawPages(page),
        keyed: false,
        fields: { contactId: partition.id },
        parent: () => client.contacts.get(partition.id, { signal }),
      });
    },
  });
}
