import { jsonAnswer, type Answer } from "../answer.ts";
import { notFound } from "../api-error.ts";
import type { ChildLists } from "../model/child-lists.ts";
import type { ListName } from "../model/model-change.ts";
import { readText } from "../request-body.ts";
import { existing } from "./contact-routes.ts";
import type { Call, Route } from "./route.ts";

function list<T extends object>(call: Call, name: ListName, lists: ChildLists<T>): Answer {
  const parent = existing(call);
  const children = lists.of(parent);
  if (children === undefined) throw notFound("contact", parent);
  return call.lists.page(call.request, call.fault, name, children, { parent });
}

export const contactChildRoutes: readonly Route[] = [
  {
    operationId: "listContactNotes",
    method: "GET",
    path: "/contacts/:contactId/notes",
    handle: (call) => list(call, "contactNotes", call.model.contactNotes),
  },
  {
    operationId: "createContactNote",
    method: "POST",
    path: "/contacts/:contactId/notes",
    handle(call) {
      const id = existing(call);
      const { model } = call;
      const message = readText(call.body(), "message");
      const notes = model.contactNotes.of(id);
      const { epoch, text } = model.nextDate();
      const noteId = notes?.insert(epoch, (ID) => ({
        ID,
        message,
        creatorId: model.owner.id,
        creationDate: text,
        lastUpdate: null,
      }));
      return jsonAnswer(201, notes?.get(noteId ?? "") ?? {});
    },
  },
  {
    operationId: "listContactMessages",
    method: "GET",
    path: "/contacts/:contactId/messages",
    handle: (call) => list(call, "contactMessages", call.model.contactMessages),
  },
  {
    operationId: "createContactMessage",
    method: "POST",
    path: "/contacts/:contactId/messages",
    handle(call) {
      const id = existing(call);
      const message = readText(call.body(), "message");
      const { epoch, text } = call.model.nextDate();
      const created = { message, creationDate: text };
      call.model.contactMessages.of(id)?.insert(epoch, () => created);
      return jsonAnswer(201, created);
    },
  },
  {
    operationId: "listContactHistory",
    method: "GET",
    path: "/contacts/:contactId/history",
    handle: (call) => list(call, "contactHistory", call.model.contactHistory),
  },
];
