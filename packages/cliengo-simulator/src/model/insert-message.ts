import type { JsonObject } from "../json-value.ts";
import type { CliengoModel } from "./cliengo-model.ts";
import type { Message } from "./message.ts";

/**
 * Adds a message to a conversation, at the present, and tells the conversation of it. Throws a `RangeError` when
 * there is no such conversation.
 */
export function insertMessage(model: CliengoModel, conversationId: string, members: JsonObject): Message {
  const list = model.conversationMessages.of(conversationId);
  if (list === undefined) throw new RangeError(`There is no conversation ${conversationId}`);
  const { epoch, text } = model.nextDate();
  const id = list.insert(epoch, (newId) => ({
    id: newId,
    conversationId,
    type: "text/plain",
    body: "",
    sender: { id: model.owner.id, type: "user", name: model.owner.name },
    sentAt: text,
    isUnread: true,
    recipient_status: {},
    ...members,
  }));
  const message = list.get(id);
  if (message === undefined) throw new RangeError("The message was not inserted");
  model.conversations.edit(conversationId, (conversation) => ({
    ...conversation,
    lastMessage: message.body,
    lastMessageDate: text,
    lastMessageSender: typeof message.sender.type === "string" ? message.sender.type : null,
    unreadMessageCount: (conversation.unreadMessageCount ?? 0) + 1,
  }));
  return message;
}
