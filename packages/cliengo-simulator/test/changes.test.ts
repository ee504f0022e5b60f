import {
  editContact,
  insertContact,
  insertConversation,
  insertMessage,
  startCliengoSimulator,
  type CliengoSimulator,
} from "@typeload/cliengo-simulator";
import { expect, test } from "vitest";
import { address, getJson, getPage } from "./client.ts";

async function contactIds(simulator: CliengoSimulator): Promise<string[]> {
  const ids: string[] = [];
  for (let offset = 0; offset < 150; offset += 50) {
    ids.push(...(await getPage(simulator, `/contacts?offset=${offset}`)).results.map(({ id }) => id));
  }
  return ids;
}

test("a contact that comes in while pages are read shifts a row onto the next page", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 150 });
  const before = [...simulator.model.contacts.ids()];
  simulator.changes.at(2, (model) => insertContact(model, { name: "In between" }));
  const ids = await contactIds(simulator);
  expect(ids).toEqual([...before.slice(0, 50), before[49], ...before.slice(50, 149)]);
  expect(simulator.model.contacts.at(0)).toMatchObject({
    name: "In between",
    status: "NEW",
    creationDate: "2026-11-01T00:00:01.000Z",
  });
  expect(simulator.model.journal).toEqual([
    { change: "insert", list: "contacts", id: simulator.model.contacts.idAt(0) },
  ]);
});

test("a contact that is deleted while pages are read makes the next page skip one", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 150 });
  const before = [...simulator.model.contacts.ids()];
  simulator.changes.at(2, (model) => model.contacts.delete(before[0] ?? ""));
  const ids = await contactIds(simulator);
  expect(ids).toEqual([...before.slice(0, 50), ...before.slice(51)]);
  expect((await fetch(address(simulator, `/contacts/${before[0]}`))).status).toBe(404);
  expect((await fetch(address(simulator, `/contacts/${before[0]}/notes`))).status).toBe(404);
});

test("an edit is seen by the request it comes before, in the list and alone, and dates the record", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 10 });
  const id = simulator.model.contacts.idAt(4) ?? "";
  const creationDate = simulator.model.contacts.get(id)?.creationDate;
  simulator.changes.when({ path: "/contacts", nth: 2 }, (model) => editContact(model, id, { status: "WON" }));
  expect((await getPage(simulator, "/contacts")).results[4]).not.toMatchObject({ status: "WON" });
  const edited = { id, status: "WON", creationDate, lastUpdateDate: "2026-11-01T00:00:01.000Z" };
  expect((await getPage(simulator, "/contacts")).results[4]).toMatchObject(edited);
  expect(await getJson(simulator, `/contacts/${id}`)).toMatchObject(edited);
  expect((await getPage(simulator, `/contacts/${id}/history`)).results[0]).toMatchObject({
    type: "STATUS_CHANGE",
    to: "WON",
  });
});

test("a record can be inserted into the past, where the windows of its date see it", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 100 });
  const { total } = (await getPage(simulator, "/contacts?since=2025-05-01&until=2025-05-02")).paging;
  const created = Date.parse("2025-05-01T12:00:00Z");
  const { id } = insertContact(simulator.model, { name: "Late arrival" }, created);
  const page = await getPage(simulator, "/contacts?since=2025-05-01&until=2025-05-02");
  expect(page.paging.total).toBe(total + 1);
  expect(page.results.map((contact) => contact.id)).toContain(id);
  const dates = [...simulator.model.contacts].map(({ creationDate }) => Date.parse(creationDate));
  expect(dates).toEqual(dates.toSorted((a, b) => b - a));
});

test("conversations and messages come in as well", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 4, conversations: 4, messagesPerConversation: 3 });
  const id = simulator.model.conversations.idAt(2) ?? "";
  const before = simulator.model.conversationMessages.of(id)?.size ?? 0;
  simulator.changes.when({ path: "/conversations/:id/messages" }, (model) => {
    insertMessage(model, id, { body: "¿Hola? 👋" });
    insertConversation(model, { channel: "WHATSAPP", from: "visitor-1" });
  });
  const messages = await getPage(simulator, `/conversations/${id}/messages`);
  expect(messages.paging.total).toBe(before + 1);
  expect(messages.results[0]).toMatchObject({ body: "¿Hola? 👋", conversationId: id });
  const conversations = await getPage(simulator, "/conversations");
  expect(conversations.results).toHaveLength(5);
  expect(conversations.results[0]).toMatchObject({ channel: "WHATSAPP", from: "visitor-1" });
  expect(conversations.results[3]).toMatchObject({ id, lastMessage: "¿Hola? 👋", lastMessageSender: "user" });
});

test("churn changes the account by the seed, and the journal says what it did", async () => {
  const run = async (seed: number): Promise<{ journal: string; ids: string[] }> => {
    await using simulator = await startCliengoSimulator({ seed, contacts: 150 });
    simulator.changes.churn({ inserts: 0.5, edits: 0.5, deletes: 0.5, match: { path: "/contacts" } });
    const untouched = new Set(simulator.model.contacts.ids());
    for (let round = 0; round < 10; round++) await contactIds(simulator);
    for (const change of simulator.model.journal) untouched.delete(change.id);
    const ids = [...simulator.model.contacts.ids()];
    for (const id of untouched) expect(ids).toContain(id);
    expect(new Set(simulator.model.journal.map(({ change }) => change))).toEqual(new Set(["insert", "edit", "delete"]));
    return { journal: JSON.stringify(simulator.model.journal), ids };
  };
  const once = await run(1);
  expect(await run(1)).toEqual(once);
  expect((await run(2)).journal).not.toBe(once.journal);
});

test("churn of conversations needs none to be left", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 0, conversations: 2 });
  const churn = simulator.changes.churn({ list: "conversations", edits: 1, deletes: 1 });
  for (let round = 0; round < 5; round++) await getPage(simulator, "/conversations");
  expect(simulator.model.conversations.size).toBe(0);
  expect(churn.hits).toBe(5);
  churn.remove();
  await getPage(simulator, "/conversations");
  expect(churn.hits).toBe(5);
});

test("a change happens even if its request fails, and a script that throws is noticed", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 5 });
  simulator.faults.add({ kind: "status", status: 503 });
  simulator.changes.at(1, (model) => insertContact(model, { name: "Anyway" }));
  simulator.changes.at(2, () => {
    throw new Error("no such thing");
  });
  expect((await fetch(address(simulator, "/contacts"))).status).toBe(503);
  expect(simulator.model.contacts.size).toBe(6);
  const failed = await fetch(address(simulator, "/contacts"));
  expect(failed.status).toBe(500);
  expect(await failed.text()).toContain("A scripted change failed: no such thing");
});
