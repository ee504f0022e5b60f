import { readFile } from "node:fs/promises";
import { type CliengoSimulator, startCliengoSimulator } from "@typeload/cliengo-simulator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import type { Cliengo } from "@typeload/cliengo-sdk";
import { client } from "./client.ts";
import { operationCalls, type OperationIds } from "./operation-calls.ts";

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

const verbs = ["get", "put", "post", "patch", "delete"];

/** The operations of the OpenAPI file. */
async function readOperations(): Promise<Operation[]> {
  const text = await readFile(new URL("../../../openapi/cliengo.openapi.yaml", import.meta.url), "utf8");
  // Its structure is held by the linter of the OpenAPI file.
  const { paths } = parse(text) as { paths: Record<string, Record<string, { operationId: string }>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([verb]) => verbs.includes(verb))
      .map(([verb, { operationId }]) => ({ operationId, method: verb.toUpperCase(), path })),
  );
}

const operations = await readOperations();

test("the calls are those of the OpenAPI file, each once", () => {
  expect(operations.length).toBeGreaterThan(30);
  expect(operationCalls.map(({ operationId }) => operationId).toSorted()).toEqual(
    operations.map(({ operationId }) => operationId).toSorted(),
  );
});

describe.each([
  ["the key in the query", {}],
  ["a JWT in the header", { jwt: true }],
] as const)("with %s, against the simulator", (_, credentials) => {
  const sent: string[] = [];
  let simulator: CliengoSimulator;
  let cliengo: Cliengo;
  let ids: OperationIds;

  beforeAll(async () => {
    simulator = await startCliengoSimulator({ seed: 11, contacts: 40 });
    cliengo = client({
      ...credentials,
      apiKey: simulator.apiKey,
      baseUrl: simulator.url,
      onRequest: ({ method, url }) => sent.push(`${method} ${url.slice(simulator.url.length).replace(/\?.*/, "")}`),
    });
    ids = await readIds(cliengo);
  });
  afterAll(() => simulator.close());

  test.each(operationCalls)("$operationId", async ({ operationId, call }) => {
    sent.length = 0;
    const answer = await call(cliengo, ids);
    expect(answer).toBeDefined();
    const operation = operations.find((known) => known.operationId === operationId);
    const path = new RegExp(`^${operation?.method} ${operation?.path.replace(/\{\w+\}/g, "[^/]+")}$`);
    expect(sent.at(-1)).toMatch(path);
    expect(sent.filter((line) => path.test(line))).toHaveLength(1);
  });

  test("the writes changed the model", async () => {
    const { model } = simulator;
    expect(model.account).toMatchObject({ name: "Acme", contactName: "Ana" });
    expect(model.sites.get(ids.site)).toMatchObject({ title: "Shop of Acme", type: "WHATSAPP" });
    expect(model.chatbots.get(ids.site)).toMatchObject({ name: "Robot", enabled: true });
    expect(model.contacts.get(ids.contact)).toBeUndefined();
    const contacts = await cliengo.contacts.list({ limit: 100 });
    expect(contacts.items).toContainEqual(expect.objectContaining({ name: "Ñusta", email: "nusta@acme.example" }));
    expect(contacts.total).toBe(40);
    const messages = await cliengo.conversations.messages.list(ids.conversation).toArray({ max: 1000 });
    expect(messages).toContainEqual(expect.objectContaining({ type: "text/plain", body: "Hola" }));
    expect(model.journal.map(({ change, list }) => `${change} ${list}`)).toEqual(
      expect.arrayContaining([
        "insert sites",
        "insert contacts",
        "insert contactNotes",
        "insert contactMessages",
        "insert conversations",
      ]),
    );
  });
});

async function readIds(cliengo: Cliengo): Promise<OperationIds> {
  const [user] = (await cliengo.users.list()).items;
  const [site] = (await cliengo.sites.list()).items;
  const [contact] = (await cliengo.contacts.list()).items;
  for await (const conversation of cliengo.conversations.list()) {
    const [message] = (await cliengo.conversations.messages.list(conversation.id)).items;
    if (message === undefined || user === undefined || site === undefined || contact === undefined) continue;
    return {
      account: (await cliengo.account.get()).id,
      user: user.id,
      site: site.id,
      contact: contact.id,
      conversation: conversation.id,
      message: message.id,
    };
  }
  throw new Error("The simulator has no conversation with a message.");
}
