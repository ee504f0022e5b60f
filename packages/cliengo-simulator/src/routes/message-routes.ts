import { jsonAnswer } from "../answer.ts";
import { notFound } from "../api-error.ts";
import { insertMessage } from "../model/insert-message.ts";
import type { Message } from "../model/message.ts";
import type { RecordList } from "../model/record-list.ts";
import { readMembers } from "../request-body.ts";
import { param, type Call, type Route } from "./route.ts";

export const messageRoutes: readonly Route[] = [
  {
    operationId: "listConversationMessages",
    method: "GET",
    path: "/conversations/:conversationId/messages",
    handle: (call) =>
      call.lists.page(call.request, call.fault, "conversationMessages", messagesOf(call), {
        parent: param(call, "conversationId"),
      }),
  },
  {
    operationId: "getConversationMessage",
    method: "GET",
    path: "/conversations/:conversationId/messages/:messageId",
    handle(call) {
      const id = param(call, "messageId");
      const message = messagesOf(call).get(id);
      if (message === undefined) throw notFound("message", id);
      return jsonAnswer(200, message);
    },
  },
  {
    operationId: "createConversationMessage",
    method: "POST",
    path: "/conversations/:conversationId/messages",
    handle(call) {
      messagesOf(call);
      const members = readMembers(call.body(), { body: "string", type: "string" });
      return jsonAnswer(201, insertMessage(call.model, param(call, "conversationId"), members));
    },
  },
];

function messagesOf(call: Call): RecordList<Message> {
  const id = param(call, "conversationId");
  const messages = call.model.conversationMessages.of(id);
  if (messages === undefined) throw notFound("conversation", id);
  return messages;
}
