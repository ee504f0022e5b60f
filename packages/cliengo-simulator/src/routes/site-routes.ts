import { jsonAnswer, type Answer } from "../answer.ts";
import { notFound } from "../api-error.ts";
import type { JsonObject } from "../json-value.ts";
import { insertSite } from "../model/insert-site.ts";
import { readMembers, readText, type MemberType } from "../request-body.ts";
import { param, type Call, type Route } from "./route.ts";

const memberTypes: Readonly<Record<string, MemberType>> = {
  title: "string",
  url: "string",
  email: "string?",
  enableChat: "boolean",
  type: "string",
  externalId: "string?",
  whatsappNumber: "string?",
  tags: "array",
  autoAssign: "array",
  assignPriority: "array",
  wavyAccessToken: "string?",
  fbPageAccessToken: "string?",
};

const list = ({ lists, request, fault, model }: Call): Answer => lists.page(request, fault, "sites", model.sites);

export const siteRoutes: readonly Route[] = [
  { operationId: "listSites", method: "GET", path: "/sites", handle: list },
  { operationId: "listWebsites", method: "GET", path: "/websites", handle: list },
  {
    operationId: "createSite",
    method: "POST",
    path: "/sites",
    handle({ model, body }) {
      const members = body();
      return jsonAnswer(201, insertSite(model, readText(members, "title"), readText(members, "url")));
    },
  },
  {
    operationId: "getSite",
    method: "GET",
    path: "/sites/:id",
    handle(call) {
      const id = param(call, "id");
      const site = call.model.sites.get(id);
      if (site === undefined) throw notFound("site", id);
      return jsonAnswer(200, site);
    },
  },
  { operationId: "updateSite", method: "PATCH", path: "/sites/:id", handle: update },
  { operationId: "replaceWebsite", method: "PUT", path: "/websites/:id", handle: update },
];

/** Both verbs change the members that are sent and keep the others. */
function update(call: Call): Answer {
  const id = param(call, "id");
  if (!call.model.sites.has(id)) throw notFound("site", id);
  const members: JsonObject = readMembers(call.body(), memberTypes);
  call.model.clock.advance();
  return jsonAnswer(
    200,
    call.model.sites.edit(id, (site) => ({ ...site, ...members })),
  );
}
