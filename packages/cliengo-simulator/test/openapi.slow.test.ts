import { startCliengoSimulator, type CliengoSimulator, type Envelope } from "@typeload/cliengo-simulator";
import { expect, test } from "vitest";
import { address } from "./client.ts";
import { readOpenApiFile } from "./openapi-file.ts";

interface Example {
  /** The path with its segments filled in, and a query. */
  readonly path: string;
  readonly body?: object;
}

/** How each operation is called, by its name. Lists are read whole, so that every record is held against its schema. */
function examples({ model }: CliengoSimulator): Record<string, Example[]> {
  const contacts = [...model.contacts.ids()];
  const conversations = [...model.conversations.ids()];
  const [contact, site, user] = [contacts[3], model.sites.idAt(0), model.users.idAt(0)];
  const chatty = conversations.find((id) => (model.conversationMessages.of(id)?.size ?? 0) > 0) ?? "";
  const children = (list: string): Example[] => contacts.map((id) => ({ path: `/contacts/${id}/${list}` }));
  return {
    exchangeJwt: [{ path: "/jwt" }],
    getAccount: [{ path: "/account" }, { path: "/account?withFeatures=true" }],
    updateAccount: [{ path: "/account", body: { name: "Acme" } }],
    getAccountPlan: [{ path: "/account/plan" }],
    listUsers: [{ path: "/users" }],
    getCurrentUser: [{ path: "/users/me" }],
    getUser: [...model.users.ids()].map((id) => ({ path: `/users/${id}` })),
    listSites: [{ path: "/sites" }],
    createSite: [{ path: "/sites", body: { title: "A", url: "A" } }],
    listChatbots: [{ path: "/sites/chatbots" }],
    getSite: [...model.sites.ids()].map((id) => ({ path: `/sites/${id}` })),
    updateSite: [{ path: `/sites/${site}`, body: { title: "B", email: null } }],
    getSiteChatbot: [{ path: `/sites/${site}/chatbot` }],
    updateSiteChatbot: [{ path: `/sites/${site}/chatbot`, body: { enabled: false } }],
    listWebsites: [{ path: "/websites" }],
    replaceWebsite: [{ path: `/websites/${site}`, body: { type: "WHATSAPP" } }],
    listContacts: [0, 100, 200].map((offset) => ({ path: `/contacts?limit=100&offset=${offset}` })),
    createContact: [{ path: "/contacts", body: { websiteId: site, name: "A" } }],
    getContact: contacts.slice(0, 30).map((id) => ({ path: `/contacts/${id}` })),
    updateContact: [
      { path: `/contacts/${contact}`, body: { assignedTo: user, rating: 4.5, sellPrice: 10, extraParams: { a: 1 } } },
    ],
    deleteContact: [{ path: `/contacts/${contacts[200]}` }],
    setContactStatus: [{ path: `/contacts/${contact}/status`, body: { externalStatus: "CLIENT" } }],
    addContactTag: [{ path: `/contacts/${contact}/tags`, body: { tag: "vip" } }],
    listContactNotes: children("notes"),
    createContactNote: [{ path: `/contacts/${contact}/notes`, body: { message: "a" } }],
    listContactMessages: children("messages"),
    createContactMessage: [{ path: `/contacts/${contact}/messages`, body: { message: "a" } }],
    listContactHistory: children("history"),
    listConversations: [{ path: "/conversations?limit=100" }],
    createConversation: [
      { path: "/conversations", body: { companyId: model.account.id, websiteId: site, channel: "WEB", from: "a" } },
    ],
    getConversation: conversations.slice(0, 30).map((id) => ({ path: `/conversations/${id}` })),
    countConversations: [{ path: `/conversations/${site}/count` }],
    listConversationMessages: conversations.map((id) => ({ path: `/conversations/${id}/messages` })),
    createConversationMessage: [{ path: `/conversations/${chatty}/messages`, body: { body: "a", type: "text/plain" } }],
    getConversationMessage: [
      { path: `/conversations/${chatty}/messages/${model.conversationMessages.of(chatty)?.idAt(0)}` },
    ],
  };
}

const operations = readOpenApiFile();

async function call(
  simulator: CliengoSimulator,
  method: string,
  { path, body }: Example,
): Promise<{ status: number; type: string; body: unknown }> {
  const response = await fetch(address(simulator, path), {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  const type = response.headers.get("content-type") ?? "";
  const text = await response.text();
  return { status: response.status, type, body: type.startsWith("application/json") ? JSON.parse(text) : text };
}

test("every operation of the OpenAPI file has an example here, and no other", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 1 });
  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(
    Object.keys(examples(simulator)).toSorted(),
  );
});

test.for<Envelope>(["results", "named", "array"])(
  "every answer fits the OpenAPI file, lists in the envelope %s",
  async (envelope) => {
    await using simulator = await startCliengoSimulator({
      seed: 12,
      contacts: 250,
      conversations: 80,
      messagesPerConversation: 8,
      sites: 7,
      users: 9,
      envelope,
    });
    // Reads last, so that they answer what was written as well; the deletion after them.
    const byName = Object.entries(examples(simulator));
    const order = (operationId: string): number =>
      operationId === "deleteContact" ? 2 : /^(get|list|count|exchange)/.test(operationId) ? 1 : 0;
    const problems: string[] = [];
    for (const [operationId, calls] of byName.toSorted(([a], [b]) => order(a) - order(b))) {
      const operation = operations.find((candidate) => candidate.operationId === operationId);
      for (const example of calls) {
        const answer = await call(simulator, operation?.method ?? "", example);
        if (answer.status >= 300)
          problems.push(`${operationId} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
        for (const problem of operation?.check(answer.status, answer.type, answer.body) ?? ["unknown"])
          problems.push(`${operationId} ${example.path} ${problem}`);
      }
    }
    expect(problems).toEqual([]);
  },
);

test.for<"object" | "text">(["object", "text"])("refusals fit the OpenAPI file as %s", async (errorBody) => {
  await using simulator = await startCliengoSimulator({ contacts: 4, conversations: 4, errorBody });
  const nowhere = "5f0cbe62162e0dec1910d1ff";
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{\w+\}/g, nowhere);
    const hasBody = operation.method !== "GET" && operation.method !== "DELETE";
    const refused = await call(simulator, operation.method, {
      path: `${path}?limit=0&offset=-1`,
      ...(hasBody ? { body: [] } : {}),
    });
    expect(operation.check(refused.status, refused.type, refused.body), operation.operationId).toEqual([]);
    expect(refused.status === 404, operation.operationId).toBe(operation.path.includes("{"));
    simulator.authentication.revokeKey();
    const closed = await call(simulator, operation.method, { path, ...(hasBody ? { body: {} } : {}) });
    expect(closed.status, operation.operationId).toBe(401);
    expect(operation.check(closed.status, closed.type, closed.body), operation.operationId).toEqual([]);
    simulator.authentication.restoreKey();
  }
});

test("the check itself sees what is wrong", () => {
  const list = operations.find(({ operationId }) => operationId === "listContacts");
  const good = { paging: { limit: 1, total: 1, offset: 0 }, results: [{ id: "a", rating: 1 }] };
  expect(list?.check(200, "application/json; charset=utf-8", good)).toEqual([]);
  expect(list?.check(200, "application/json", { results: [{ name: "no id" }] })).not.toEqual([]);
  expect(list?.check(200, "application/json", { results: [{ id: "a", rating: "5" }] })).not.toEqual([]);
  expect(list?.check(200, "application/json", { results: [{ id: "a", creationDate: "yesterday" }] })).not.toEqual([]);
  expect(list?.check(200, "text/html", "<p>")).toEqual(["text/html is not described for status 200"]);
  expect(list?.check(204, "application/json", good)).toEqual(["status 204 is not described"]);
});
