import { defineResource } from "@typeload/core";
import type { Resource } from "@typeload/core";
import type { CliengoReading } from "../cliengo-source.ts";
import { apiHints } from "../reading/api-hints.ts";
import { planChildren } from "../reading/plan-children.ts";
import { readChildren } from "../reading/read-children.ts";

/** The messages of conversations: a request a conversation, and none where `lastMessageDate` is the one of the run before. */
export function conversationMessagesResource({ client }: CliengoReading): Resource<"conversation_messages"> {
  return defineResource({
    name: "conversation_messages",
    primaryKey: "id",
    writeDisposition: "merge",
    unchanged: "keep",
    concurrency: 8,
    parent: { resource: "conversations", fields: ["id", "lastMessageDate"] },
    ...apiHints("conversation_messages"),
    partitions: (context) =>
      planChildren(context, {
        resource: "conversation_messages",
        parent: "conversations",
        changed: "lastMessageDate",
        movesAlways: true,
      }),
    async *read(context) {
      const { partition, signal } = context;
      if (partition.kind === "marker") return { rows: "proved", expected: 0, read: 0 };
      return yield* readChildren(context, {
        pass: (page) => client.conversations.messages.list(partition.id, {}, { signal }).rawPages(page),
        fields: { conversationId: partition.id },
        parent: () => client.conversations.get(partition.id, { signal }),
      });
    },
  });
}
