import { jsonAnswer } from "../answer.ts";
import { badRequest, notFound } from "../api-error.ts";
import { insertConversation } from "../model/insert-conversation.ts";
import { readText } from "../request-body.ts";
import { param, type Route } from "./route.ts";

export const conversationRoutes: readonly Route[] = [
  {
    operationId: "listConversations",
    method: "GET",
    path: "/conversations",
    handle: ({ lists, request, fault, model }) => lists.page(request, fault, "conversations", model.conversations),
  },
  {
    operationId: "getConversation",
    method: "GET",
    path: "/conversations/:conversationId",
    handle(call) {
      const id = param(call, "conversationId");
      const conversation = call.model.conversations.get(id);
      if (conversation === undefined) throw notFound("conversation", id);
      return jsonAnswer(200, conversation);
    },
  },
  {
    operationId: "createConversation",
    method: "POST",
    path: "/conversations",
    handle(call) {
      const { model } = call;
      const body = call.body();
      const [companyId, websiteId] = [readText(body, "companyId"), readText(body, "websiteId")];
      const [channel, from] = [readText(body, "channel"), readText(body, "from")];
      if (companyId !== model.account.id) throw badRequest("companyId is not this account", "unknown_account");
      if (!model.sites.has(websiteId)) throw badRequest("websiteId names no site", "unknown_site");
      const conversation = insertConversation(model, { websiteId, channel, from });
      // `url` is seen in the answer to the creation only.
      return jsonAnswer(201, { ...conversation, url: body.url === undefined ? null : readText(body, "url") });
    },
  },
  {
    operationId: "countConversations",
    method: "GET",
    path: "/conversations/:conversationId/count",
    handle(call) {
      // The segment is a site's id, whatever the router has to call it.
      const id = param(call, "conversationId");
      if (!call.model.sites.has(id)) throw notFound("site", id);
      let count = 0;
      for (const conversation of call.model.conversations) if (conversation.websiteId === id) count += 1;
      return jsonAnswer(200, { count });
    },
  },
];
