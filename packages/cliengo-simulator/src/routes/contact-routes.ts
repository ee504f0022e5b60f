import { jsonAnswer } from "../answer.ts";
import { badRequest, notFound } from "../api-error.ts";
import type { JsonObject } from "../json-value.ts";
import type { CliengoModel } from "../model/cliengo-model.ts";
import { addHistory, editContact } from "../model/edit-contact.ts";
import { insertContact } from "../model/insert-contact.ts";
import { readMembers, readText, type MemberType } from "../request-body.ts";
import { contactListRoute } from "./contact-list-route.ts";
import { param, type Call, type Route } from "./route.ts";

const createTypes: Readonly<Record<string, MemberType>> = {
  websiteId: "string",
  name: "string?",
  lastName: "string?",
  email: "string?",
  phone: "string?",
  message: "string?",
  status: "string",
  entryMethod: "string",
  utmSource: "string?",
  assignedTo: "string?",
  age: "number?",
};

const updateTypes: Readonly<Record<string, MemberType>> = {
  name: "string?",
  email: "string?",
  phone: "string?",
  status: "string",
  subStatus: "string?",
  rating: "number",
  assignedTo: "string",
  dueDate: "string?",
  contactMethod: "string",
  scheduleStatusTo: "string?",
  scheduleDate: "string?",
  sellPrice: "number?",
  sellSuscription: "string",
  cancelReason: "string",
  extraParams: "object",
};

export const contactRoutes: readonly Route[] = [
  contactListRoute,
  {
    operationId: "createContact",
    method: "POST",
    path: "/contacts",
    handle({ model, body }) {
      const members = readMembers(body(), createTypes, ["websiteId"]);
      checkSite(model, members);
      checkAssignee(model, members);
      // Clients send `new` in lower case; records have capitals.
      const status = typeof members.status === "string" ? { status: members.status.toUpperCase() } : {};
      return jsonAnswer(201, insertContact(model, { entryMethod: "API", ...members, ...status }));
    },
  },
  {
    operationId: "getContact",
    method: "GET",
    path: "/contacts/:contactId",
    handle(call) {
      const contact = call.model.contacts.get(existing(call));
      return jsonAnswer(200, contact ?? {});
    },
  },
  {
    operationId: "updateContact",
    method: "PATCH",
    path: "/contacts/:contactId",
    handle(call) {
      const id = existing(call);
      const body = call.body();
      const members = readMembers(body, updateTypes);
      checkRating(members);
      checkAssignee(call.model, members);
      const assignee = members.assignedTo === "UNASSIGNED" ? { assignedTo: null } : {};
      const contact = editContact(call.model, id, { ...members, ...assignee });
      if (body.note !== undefined) addHistory(call.model, id, { type: "NOTE", message: readText(body, "note") });
      return jsonAnswer(200, contact);
    },
  },
  {
    operationId: "deleteContact",
    method: "DELETE",
    path: "/contacts/:contactId",
    handle(call) {
      const id = existing(call);
      call.model.clock.advance();
      call.model.contacts.delete(id);
      return jsonAnswer(200, { id, status: "DELETED" });
    },
  },
  {
    operationId: "setContactStatus",
    method: "PUT",
    path: "/contacts/:contactId/status",
    handle(call) {
      const id = existing(call);
      return jsonAnswer(200, editContact(call.model, id, { status: readText(call.body(), "externalStatus") }));
    },
  },
  {
    // Nobody knows where tags are read back. Here: in the member `tags` of the contact, and in its history.
    operationId: "addContactTag",
    method: "POST",
    path: "/contacts/:contactId/tags",
    handle(call) {
      const id = existing(call);
      const tag = readText(call.body(), "tag");
      const tags = call.model.contacts.get(id)?.tags;
      const known = Array.isArray(tags) ? tags : [];
      const contact = editContact(call.model, id, { tags: known.includes(tag) ? known : [...known, tag] });
      addHistory(call.model, id, { type: "TAG", from: null, to: tag });
      return jsonAnswer(200, contact);
    },
  },
];

/** The contact that the path names; 404 when there is none. */
export function existing(call: Call): string {
  const id = param(call, "contactId");
  if (!call.model.contacts.has(id)) throw notFound("contact", id);
  return id;
}

function checkSite(model: CliengoModel, members: JsonObject): void {
  const { websiteId } = members;
  if (typeof websiteId !== "string" || !model.sites.has(websiteId))
    throw badRequest("websiteId names no site", "unknown_site");
}

function checkAssignee(model: CliengoModel, members: JsonObject): void {
  const { assignedTo } = members;
  if (typeof assignedTo !== "string" || assignedTo === "UNASSIGNED") return;
  if (!model.users.has(assignedTo)) throw badRequest("assignedTo names no user", "unknown_user");
}

function checkRating(members: JsonObject): void {
  if (members.rating === undefined) return;
  // A number, or one that keeps its spelling: either way its text says it.
  const rating = Number(JSON.stringify(members.rating));
  if (!(rating >= 0 && rating <= 5)) throw badRequest("rating must be from 0 to 5", "invalid_member");
}
