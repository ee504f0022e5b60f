import type { Cliengo } from "@typeload/cliengo-sdk";

/** What a call of an operation needs from the model it is made against. */
export interface OperationIds {
  readonly account: string;
  readonly user: string;
  readonly site: string;
  readonly contact: string;
  readonly conversation: string;
  readonly message: string;
}

export interface OperationCall {
  readonly operationId: string;
  readonly call: (client: Cliengo, ids: OperationIds) => PromiseLike<unknown>;
}

/**
 * Every operation of openapi/cliengo.openapi.yaml once, by the method that a user would take, reads before writes and the
 * deletion last: the order in which they can be made against one model.
 */
export const operationCalls: readonly OperationCall[] = [
  { operationId: "exchangeJwt", call: (client) => client.exchangeJwt() },
  { operationId: "getAccount", call: (client) => client.account.get({ withFeatures: true }) },
  { operationId: "getAccountPlan", call: (client) => client.account.plan() },
  { operationId: "listUsers", call: (client) => client.users.list({ limit: 2 }) },
  { operationId: "getCurrentUser", call: (client) => client.users.me() },
  { operationId: "getUser", call: (client, ids) => client.users.get(ids.user) },
  { operationId: "listSites", call: (client) => client.sites.list({ limit: 2 }) },
  { operationId: "listWebsites", call: (client) => client.http.request("GET", "/websites", { query: { limit: 2 } }) },
  { operationId: "getSite", call: (client, ids) => client.sites.get(ids.site) },
  { operationId: "listChatbots", call: (client) => client.sites.chatbots.list({ limit: 2 }) },
  { operationId: "getSiteChatbot", call: (client, ids) => client.sites.chatbots.get(ids.site) },
  {
    operationId: "listContacts",
    call: (client) => client.contacts.list({ since: "2020-01-01", until: "2030-01-01", limit: 2 }),
  },
  { operationId: "getContact", call: (client, ids) => client.contacts.get(ids.contact) },
  { operationId: "listContactNotes", call: (client, ids) => client.contacts.notes.list(ids.contact) },
  { operationId: "listContactMessages", call: (client, ids) => client.contacts.messages.list(ids.contact) },
  { operationId: "listContactHistory", call: (client, ids) => client.contacts.history.list(ids.contact) },
  { operationId: "listConversations", call: (client) => client.conversations.list({ limit: 2 }) },
  { operationId: "getConversation", call: (client, ids) => client.conversations.get(ids.conversation) },
  { operationId: "countConversations", call: (client, ids) => client.conversations.count({ websiteId: ids.site }) },
  {
    operationId: "listConversationMessages",
    call: (client, ids) => client.conversations.messages.list(ids.conversation),
  },
  {
    operationId: "getConversationMessage",
    call: (client, ids) => client.conversations.messages.get(ids.conversation, ids.message),
  },

  { operationId: "updateAccount", call: (client) => client.account.update({ name: "Acme", contactName: "Ana" }) },
  { operationId: "createSite", call: (client) => client.sites.create({ title: "Shop", url: "shop.example" }) },
  { operationId: "updateSite", call: (client, ids) => client.sites.update(ids.site, { title: "Shop of Acme" }) },
  { operationId: "replaceWebsite", call: (client, ids) => client.sites.replace(ids.site, { type: "WHATSAPP" }) },
  {
    operationId: "updateSiteChatbot",
    call: (client, ids) => client.sites.chatbots.update(ids.site, { name: "Robot", enabled: true }),
  },
  {
    operationId: "createContact",
    call: (client, ids) =>
      client.contacts.create({ websiteId: ids.site, name: "Ñusta", email: "nusta@acme.example", status: "NEW" }),
  },
  {
    operationId: "updateContact",
    call: (client, ids) => client.contacts.update(ids.contact, { name: "Ana María", rating: 4 }),
  },
  { operationId: "setContactStatus", call: (client, ids) => client.contacts.setStatus(ids.contact, "CLIENT") },
  { operationId: "addContactTag", call: (client, ids) => client.contacts.addTag(ids.contact, "vip") },
  {
    operationId: "createContactNote",
    call: (client, ids) => client.contacts.notes.create(ids.contact, { message: "Called." }),
  },
  {
    operationId: "createContactMessage",
    call: (client, ids) => client.contacts.messages.create(ids.contact, { message: "Hello!" }),
  },
  {
    operationId: "createConversation",
    call: (client, ids) =>
      client.conversations.create({
        companyId: ids.account,
        websiteId: ids.site,
        channel: "WEB",
        from: "visitor@acme.example",
      }),
  },
  {
    operationId: "createConversationMessage",
    call: (client, ids) => client.conversations.messages.create(ids.conversation, { type: "text/plain", body: "Hola" }),
  },
  { operationId: "deleteContact", call: (client, ids) => client.contacts.delete(ids.contact) },
];
