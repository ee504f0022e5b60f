import {
  apiKeyOf,
  channelTokens,
  startCliengoSimulator,
  SimulatorOptionError,
  type SimulatorOptions,
} from "@typeload/cliengo-simulator";
import { expect, test } from "vitest";
import { getText } from "./client.ts";

const size: SimulatorOptions = { contacts: 120, conversations: 20, messagesPerConversation: 6 };

/** Every byte that reads answer, in the order of a full load. */
async function everything(options: SimulatorOptions): Promise<string> {
  await using simulator = await startCliengoSimulator({ ...size, ...options });
  const paths = [
    "/account?withFeatures=true",
    "/account/plan",
    "/users",
    "/users/me",
    "/sites",
    "/websites",
    "/sites/chatbots",
  ];
  paths.push("/contacts?limit=100", "/contacts?limit=100&offset=100", "/conversations");
  for (const id of simulator.model.contacts.ids())
    paths.push(...["notes", "messages", "history"].map((list) => `/contacts/${id}/${list}`));
  for (const id of simulator.model.conversations.ids()) paths.push(`/conversations/${id}/messages`);
  const texts: string[] = [];
  for (const path of paths) texts.push(await getText(simulator, path));
  return texts.join("\n");
}

test("the same seed gives the same bytes, another seed others", async () => {
  const [once, again, other] = [
    await everything({ seed: 7 }),
    await everything({ seed: 7 }),
    await everything({ seed: 8 }),
  ];
  expect(again).toBe(once);
  expect(other).not.toBe(once);
});

test("a seed keeps its bytes from release to release", async () => {
  await using simulator = await startCliengoSimulator({ ...size, seed: 7 });
  expect(simulator.apiKey).toBe("1aa2f29c-b95e-be5c-0429-d939a1acfc10");
  expect(simulator.model.contacts.idAt(0)).toMatchInlineSnapshot(`"6ae363aec8b743593e546a62"`);
  expect(JSON.stringify(simulator.model.sites.at(0))).toMatchInlineSnapshot(
    `"{"id":"633220e026dc5335479ee8c9","companyId":"632cf700d12924e0664dbc52","title":"متجر","url":"https://site3.example.com/?utm_source=a&b=ñ","email":"site3@example.com","creationDate":"2022-09-26T19:00:00-03:00","enableChat":true,"deleted":false,"scriptInstalled":true,"isWhatsAppChat":false,"activeWebsiteEmails":false,"webScriptWasCopied":false,"isWhatsAppApi":false,"isWhatsAppBusiness":false,"isWhatsAppLite":null,"tags":["ñandú 🦤"],"availableSmartTriggers":["EXIT_INTENT","SCROLL"],"assignPriority":["TRIGGER","INTERVENED"],"autoAssign":[],"labs":{"flag_3":true},"activeEmailEvents":{"newLead":true,"daily-summary":false},"whatsAppApiStatus":"CONNECTED","type":"EXTERNAL","externalId":null,"whatsappNumber":"+5491133261332","wavyAccessToken":"canary-wavy-8d90746931ffd08f26c31e85","fbPageAccessToken":"canary-fb-4dee9b2b21c817201b3dbb00b8b2583d0ea044be"}"`,
  );
});

test("the records of the model are the records that are answered, whatever page they stand on", async () => {
  await using simulator = await startCliengoSimulator({ ...size, seed: 3 });
  const { model } = simulator;
  const page = await getText(simulator, "/contacts?limit=7&offset=90");
  const records = Array.from({ length: 7 }, (_, place) => model.contacts.textAt(90 + place));
  expect(page).toBe(`{"paging":{"limit":7,"total":120,"offset":90},"results":[${records.join(",")}]}`);

  const id = model.conversations.idAt(4) ?? "";
  const messages = model.conversationMessages.of(id);
  const texts = Array.from({ length: messages?.size ?? 0 }, (_, place) => messages?.textAt(place));
  expect(await getText(simulator, `/conversations/${id}/messages`)).toContain(`"results":[${texts.join(",")}]`);
});

test("key and channel tokens can be known from the seed alone, and are listed as secrets", async () => {
  await using simulator = await startCliengoSimulator({ ...size, seed: 11, sites: 6 });
  expect(simulator.apiKey).toBe(apiKeyOf(11));
  const sites = await getText(simulator, "/sites");
  const tokens = [0, 1, 2, 3, 4, 5].flatMap((site) =>
    Object.values(channelTokens(11, site)).filter((token) => token !== null),
  );
  expect(tokens.length).toBe(10);
  for (const token of tokens) expect(sites).toContain(token);
  expect(new Set(simulator.secrets())).toEqual(new Set([simulator.apiKey, ...tokens]));
});

test("twenty thousand contacts and a hundred thousand messages are there within two seconds", async () => {
  const begin = performance.now();
  await using simulator = await startCliengoSimulator({ seed: 1, contacts: 20_000 });
  await getText(simulator, "/contacts?offset=1000&limit=50");
  expect(performance.now() - begin).toBeLessThan(2000);
  let messages = 0;
  for (const id of simulator.model.conversations.ids())
    messages += simulator.model.conversationMessages.of(id)?.size ?? 0;
  expect([simulator.model.conversations.size, messages]).toEqual([5000, 100_000]);
});

test.for<SimulatorOptions>([
  { contacts: -1 },
  { contacts: 1.5 },
  { users: 0 },
  { seed: Number.NaN },
  { port: 70_000 },
  { now: "yesterday" },
  { dateZone: "America/Buenos_Aires" },
  { bursts: [{ at: "soon", records: 5 }] },
])("options that cannot be meant are refused: %o", async (options) => {
  await expect(startCliengoSimulator(options)).rejects.toThrow(SimulatorOptionError);
});

test("an empty account answers empty lists", async () => {
  await using simulator = await startCliengoSimulator({ contacts: 0, conversations: 0, sites: 0, users: 1 });
  for (const path of ["/contacts", "/conversations", "/sites", "/sites/chatbots"]) {
    expect(await getText(simulator, path)).toBe('{"paging":{"limit":50,"total":0,"offset":0},"results":[]}');
  }
});

test("an aborted signal closes the simulator, or keeps it from starting", async () => {
  const controller = new AbortController();
  await using simulator = await startCliengoSimulator({ contacts: 1, signal: controller.signal });
  await getText(simulator, "/account");
  controller.abort();
  await simulator.close();
  await expect(getText(simulator, "/account")).rejects.toThrow("fetch failed");
  await expect(startCliengoSimulator({ signal: controller.signal })).rejects.toThrow("aborted");
});
