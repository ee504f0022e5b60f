import { startCliengoSimulator, type CliengoSimulator } from "@typeload/cliengo-simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getJson, getPage, getText, send } from "./client.ts";

let simulator: CliengoSimulator;
let contact: string;
let site: string;
let user: string;
beforeAll(async () => {
  simulator = await startCliengoSimulator({ seed: 6, contacts: 30, conversations: 6, messagesPerConversation: 4 });
  contact = simulator.model.contacts.idAt(7) ?? "";
  site = simulator.model.sites.idAt(1) ?? "";
  user = simulator.model.users.idAt(3) ?? "";
});
afterAll(() => simulator.close());

test("a created contact is the newest of the list, and found by its id", async () => {
  const { status, body } = await send(simulator, "POST", "/contacts", {
    websiteId: site,
    name: "Zoë 🌵",
    email: "new@example.com",
    status: "new",
    unknown: 1,
  });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    name: "Zoë 🌵",
    status: "NEW",
    entryMethod: "API",
    websiteId: site,
    websiteName: simulator.model.sites.get(site)?.title,
  });
  expect(body).toMatchObject({ duplicatedContact: false, creationDate: "2026-11-01T00:00:01.000Z" });
  expect(body).not.toHaveProperty("unknown");
  const page = await getPage(simulator, "/contacts");
  expect(page.paging.total).toBe(31);
  expect(page.results[0]).toEqual(body);
  expect(await getJson(simulator, `/contacts/${String(body.id)}`)).toEqual(body);
  expect((await getPage(simulator, `/contacts/${String(body.id)}/notes`)).results).toEqual([]);
  const twin = await send(simulator, "POST", "/contacts", { websiteId: site, email: "new@example.com" });
  expect(twin.body).toMatchObject({ duplicatedContact: true });
  expect(twin.body.id).not.toBe(body.id);
});

test("a patch changes what it names, keeps digits, and is told in the history", async () => {
  const before = await getJson(simulator, `/contacts/${contact}`);
  const { body } = await send(
    simulator,
    "PATCH",
    `/contacts/${contact}`,
    `{"rating":4.50,"sellPrice":12345678901234567890.10,"assignedTo":"${user}","subStatus":null,"note":"llamó","extraParams":{"a b":9007199254740993}}`,
  );
  expect(body).toMatchObject({ id: contact, name: before.name, assignedTo: user, subStatus: null });
  const text = await getText(simulator, `/contacts/${contact}`);
  for (const part of ['"rating":4.50', '"sellPrice":12345678901234567890.10', '"extraParams":{"a b":9007199254740993}'])
    expect(text).toContain(part);
  expect(text).not.toContain("llamó");
  const history = (await getPage(simulator, `/contacts/${contact}/history`)).results;
  expect(history.slice(0, 2)).toMatchObject([
    { type: "NOTE", message: "llamó" },
    { type: "ASSIGNMENT", to: user },
  ]);
  const unassigned = await send(simulator, "PATCH", `/contacts/${contact}`, { assignedTo: "UNASSIGNED" });
  expect(unassigned.body.assignedTo).toBeNull();
});

test("status and tags are set and read back", async () => {
  await send(simulator, "PUT", `/contacts/${contact}/status`, { externalStatus: "CLIENT" });
  await send(simulator, "POST", `/contacts/${contact}/tags`, { tag: "vip" });
  await send(simulator, "POST", `/contacts/${contact}/tags`, { tag: "ñandú" });
  await send(simulator, "POST", `/contacts/${contact}/tags`, { tag: "vip" });
  expect(await getJson(simulator, `/contacts/${contact}`)).toMatchObject({ status: "CLIENT", tags: ["vip", "ñandú"] });
  expect((await getPage(simulator, "/contacts?status=CLIENT")).results.map(({ id }) => id)).toContain(contact);
});

test("notes and messages are added on top", async () => {
  const note = await send(simulator, "POST", `/contacts/${contact}/notes`, { message: "nota" });
  const notes = await getPage(simulator, `/contacts/${contact}/notes`);
  expect(notes.results[0]).toEqual(note.body);
  expect(note.body).toMatchObject({ message: "nota", creatorId: simulator.model.owner.id });
  expect(note.body.ID).toMatch(/^[0-9a-f]{24}$/);
  const message = await send(simulator, "POST", `/contacts/${contact}/messages`, { message: "hola" });
  expect((await getPage(simulator, `/contacts/${contact}/messages`)).results[0]).toEqual(message.body);
  expect(Object.keys(message.body)).toEqual(["message", "creationDate"]);
});

test("a deleted contact is gone", async () => {
  const id = simulator.model.contacts.idAt(20) ?? "";
  const { total } = (await getPage(simulator, "/contacts")).paging;
  expect(await send(simulator, "DELETE", `/contacts/${id}`)).toEqual({ status: 200, body: { id, status: "DELETED" } });
  expect((await send(simulator, "GET", `/contacts/${id}`)).status).toBe(404);
  expect((await send(simulator, "DELETE", `/contacts/${id}`)).status).toBe(404);
  expect((await getPage(simulator, "/contacts")).paging.total).toBe(total - 1);
});

test("a created site has a chat widget; both are changed in part", async () => {
  const { status, body } = await send(simulator, "POST", "/sites", { title: "Nuevo", url: "Nuevo" });
  expect(status).toBe(201);
  const path = `/sites/${String(body.id)}`;
  expect((await getPage(simulator, "/sites")).results[0]).toEqual(body);
  expect((await getPage(simulator, "/websites")).paging.total).toBe(5);
  expect(await getJson(simulator, `${path}/chatbot`)).toMatchObject({ websiteId: body.id });
  expect((await getPage(simulator, "/sites/chatbots")).paging.total).toBe(5);
  await send(simulator, "PATCH", path, { title: "Nuevo 2", tags: ["a"] });
  await send(simulator, "PUT", `/websites/${String(body.id)}`, { type: "WHATSAPP", wavyAccessToken: "secret" });
  expect(await getJson(simulator, path)).toEqual({
    ...body,
    title: "Nuevo 2",
    tags: ["a"],
    type: "WHATSAPP",
    wavyAccessToken: "secret",
  });
  await send(simulator, "PUT", `${path}/chatbot`, { name: "Robot", saluteTime: 9 });
  expect(await getJson(simulator, `${path}/chatbot`)).toMatchObject({
    websiteId: body.id,
    name: "Robot",
    saluteTime: 9,
  });
});

test("the account is changed in part", async () => {
  const before = await getJson(simulator, "/account");
  await send(simulator, "PUT", "/account", { name: "Nueva S.A." });
  expect(await getJson(simulator, "/account")).toEqual({ ...before, name: "Nueva S.A." });
});

test("a conversation is opened, counted, and written to", async () => {
  const { count } = await getJson<{ count: number }>(simulator, `/conversations/${site}/count`);
  const opening = {
    companyId: simulator.model.account.id,
    websiteId: site,
    channel: "WEB",
    from: "a@example.com",
    url: "https://example.com",
  };
  const { status, body } = await send(simulator, "POST", "/conversations", opening);
  expect(status).toBe(201);
  expect(body).toMatchObject(opening);
  for (const member of ["lastMessage", "visitorName"]) expect(body).not.toHaveProperty(member);
  expect(await getJson(simulator, `/conversations/${String(body.id)}`)).not.toHaveProperty("url");
  expect(await getJson(simulator, `/conversations/${site}/count`)).toEqual({ count: count + 1 });

  const message = await send(simulator, "POST", `/conversations/${String(body.id)}/messages`, { body: "¡Hola!" });
  expect(await getJson(simulator, `/conversations/${String(body.id)}/messages/${String(message.body.id)}`)).toEqual(
    message.body,
  );
  expect((await getPage(simulator, `/conversations/${String(body.id)}/messages`)).results).toEqual([message.body]);
  expect(await getJson(simulator, `/conversations/${String(body.id)}`)).toMatchObject({
    lastMessage: "¡Hola!",
    unreadMessageCount: 1,
  });
});

test.for<[method: string, path: string, body: object | string]>([
  ["POST", "/contacts", { name: "no site" }],
  ["POST", "/contacts", { websiteId: "5de12d55e4b096a8283b6ed8" }],
  ["POST", "/contacts", "{not json"],
  ["POST", "/contacts", "[]"],
  ["POST", "/contacts", ""],
  ["PATCH", "/contacts/CONTACT", { rating: 6 }],
  ["PATCH", "/contacts/CONTACT", { rating: "5" }],
  ["PATCH", "/contacts/CONTACT", { assignedTo: "nobody" }],
  ["PUT", "/contacts/CONTACT/status", {}],
  ["POST", "/contacts/CONTACT/tags", { tag: 7 }],
  ["POST", "/contacts/CONTACT/notes", {}],
  ["POST", "/conversations", { channel: "WEB" }],
  ["POST", "/sites", { title: "no url" }],
  ["PUT", "/account", { name: null }],
])("%s %s refuses %o and changes nothing", async ([method, path, body]) => {
  const { length } = simulator.model.journal;
  const answer = await send(simulator, method, path.replace("CONTACT", contact), body);
  expect(answer).toMatchObject({ status: 400, body: { detail: expect.any(String) } });
  expect(simulator.model.journal).toHaveLength(length);
});

test("the same writes give the same ids and dates", async () => {
  const write = async (): Promise<unknown> => {
    await using other = await startCliengoSimulator({ seed: 9, contacts: 3 });
    const id = other.model.contacts.idAt(0);
    await send(other, "POST", `/contacts/${id}/notes`, { message: "a" });
    return (await send(other, "POST", `/contacts/${id}/notes`, { message: "b" })).body;
  };
  expect(await write()).toEqual(await write());
});
