import { jsonAnswer } from "../answer.ts";
import { notFound } from "../api-error.ts";
import { readMembers } from "../request-body.ts";
import { param, type Route } from "./route.ts";

export const chatbotRoutes: readonly Route[] = [
  {
    operationId: "listChatbots",
    method: "GET",
    path: "/sites/chatbots",
    handle: ({ lists, request, fault, model }) => lists.page(request, fault, "chatbots", model.chatbots),
  },
  {
    operationId: "getSiteChatbot",
    method: "GET",
    path: "/sites/:id/chatbot",
    handle(call) {
      const id = param(call, "id");
      const chatbot = call.model.chatbots.get(id);
      if (chatbot === undefined) throw notFound("site", id);
      return jsonAnswer(200, chatbot);
    },
  },
  {
    operationId: "updateSiteChatbot",
    method: "PUT",
    path: "/sites/:id/chatbot",
    handle(call) {
      const id = param(call, "id");
      if (!call.model.chatbots.has(id)) throw notFound("site", id);
      const members = readMembers(call.body(), {
        name: "string",
        windowTitle: "string",
        language: "string",
        enabled: "boolean",
        color: "string",
        widgetIcon: "string",
        widgetStyle: "string",
        saluteTime: "number",
        cliengoMeetings: "boolean",
        globalTrigger: "boolean",
        defaultMsgs: "object",
      });
      call.model.clock.advance();
      return jsonAnswer(
        200,
        call.model.chatbots.edit(id, (chatbot) => ({ ...chatbot, ...members })),
      );
    },
  },
];
