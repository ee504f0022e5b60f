import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { Cliengo, type CliengoOptions, isCliengoError } from "@typeload/cliengo-sdk";
import { type Answer, sendJson, startApi } from "./api-server.ts";

const key = "5ec2e700-dead-4bad-8bad-0123456789ab";
const jwt = `eyJhbGciOiJIUzI1NiJ9.${"c2VjcmV0".repeat(8)}.s1gnature-of-the-jwt`;
const channelToken = "EAAGm0PX4ZCpsBAKchannel";

/** Every text that may leave the process by way of a value. */
function textsOf(value: unknown): string {
  const parts = [
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    String(value),
    JSON.stringify(value) ?? "",
  ];
  for (let error = value; error instanceof Error; error = error.cause) {
    parts.push(error.message, error.stack ?? "", inspect(error), JSON.stringify(Object.entries(error)));
  }
  return parts.join("\n");
}

const secrets = [key, "5ec2e700", jwt, "s1gnature", channelToken];

function expectNoSecret(text: string, hidden: readonly string[] = secrets): void {
  for (const secret of hidden) expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
}

const asks = (request: { query: URLSearchParams; headers: { authorization?: string | undefined } }) =>
  `You sent api_key=${request.query.get("api_key")} and ${request.headers.authorization}.`;

const failures: [string, Answer][] = [
  ["a status whose body repeats the key", (request, response) => sendJson(response, { detail: asks(request) }, 400)],
  ["a status whose body is the JWT", (_, response) => sendJson(response, jwt, 500)],
  [
    "a status that names the URL",
    (request, response) =>
      sendJson(response, { error: `/1.0/users?api_key=${key.toUpperCase()}&x=${request.path}` }, 404),
  ],
  [
    "JSON that breaks off in the middle of a secret",
    (_, response) => void response.end(`{"jwt":"${jwt}","fbPageAccessToken":"${channelToken}`),
  ],
  [
    "HTML that repeats the address",
    (request, response) => void response.end(`<html>no ${asks(request)} <a href="?api_key=${key}">`),
  ],
  [
    "a key in the middle of broken JSON",
    (_, response) =>
      void response.end(`{"wavyAccessToken": "${channelToken}", "key": "${key}", oops, "again": "${key}" }`),
  ],
  ["a request id that holds the key", (_, response) => sendJson(response, {}, 403, { "x-request-id": `id-${key}` })],
  [
    "a redirect that carries the key along",
    (request, response) =>
      void response
        .writeHead(302, { location: `http://127.0.0.1:9/?api_key=${key}&jwt=${jwt}&p=${request.path}` })
        .end(),
  ],
  ["a reset", (_, response) => void response.destroy()],
];

// A client that has only a JWT cannot know the key of its account where that stands alone in a text.
describe.each([
  ["the key in the query", { apiKey: key }, secrets],
  ["a JWT in the header", { jwt }, [jwt, "s1gnature", channelToken, `api_key=${key}`]],
] satisfies [string, CliengoOptions, string[]][])("%s never shows", (_, credentials, hidden) => {
  test.each(failures)("in %s", async (_name, answer) => {
    const heard: unknown[] = [];
    const api = await startApi(answer);
    const cliengo = new Cliengo({
      ...api,
      ...credentials,
      retry: { baseDelay: 0, maxAttempts: 2 },
      onRequest: (event) => heard.push(event),
      onResponse: (event) => heard.push(event),
      onRetry: (event) => heard.push(event),
    });
    const error: unknown = await cliengo.users.list().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(isCliengoError(error)).toBe(true);
    expect(heard.length).toBeGreaterThan(0);
    expectNoSecret(textsOf(error), hidden);
    expectNoSecret(heard.map(textsOf).join("\n"), hidden);
  });

  test("in the client, its lists, pages and calls", async () => {
    const api = await startApi((_request, response) =>
      sendJson(response, { paging: { total: 1 }, results: [{ id: "u1" }] }),
    );
    const cliengo = new Cliengo({ ...api, ...credentials });
    const list = cliengo.users.list();
    expectNoSecret(textsOf(cliengo) + textsOf(list) + textsOf(await list) + textsOf(cliengo.contacts));
    for await (const page of list.rawPages()) {
      expect(page.request).toEqual({ method: "GET", path: "/users", query: { limit: "50", offset: "0" } });
      expectNoSecret(textsOf(page));
    }
  });

  test("in an error of fetch that names the whole URL", async () => {
    const cliengo = new Cliengo({
      ...credentials,
      retry: { maxAttempts: 1 },
      fetch: (url, init) => {
        const headers = JSON.stringify([...new Headers(init.headers)]);
        const cause = Object.assign(new Error(`connect to ${url} with ${headers}`), { code: "ECONNRESET", url });
        return Promise.reject(new TypeError(`error sending request for url (${url})`, { cause }));
      },
    });
    const error: unknown = await cliengo.users.me().catch((reason: unknown) => reason);
    expectNoSecret(textsOf(error));
    expect(error).toMatchObject({ cause: { name: "TypeError", cause: { code: "ECONNRESET" } } });
  });
});

test("an exchanged JWT and its key do not show when the exchange or what follows it fails", async () => {
  const api = await startApi((request, response) => {
    if (request.path === "/jwt") return sendJson(response, { jwt });
    sendJson(response, { detail: `${jwt} of ${key} is not good` }, 400);
  });
  const error: unknown = await new Cliengo({ ...api, apiKey: key, jwt: true }).users
    .me()
    .catch((reason: unknown) => reason);
  expectNoSecret(textsOf(error));
  const down = await startApi((request, response) => sendJson(response, { detail: request.query.toString() }, 400));
  expectNoSecret(
    textsOf(await new Cliengo({ ...down, apiKey: key, jwt: true }).users.me().catch((reason: unknown) => reason)),
  );
});

describe("however it is written", () => {
  const oddKey = `it's a "key"~(1)/2`;
  const said = async (text: string, apiKey = key): Promise<string> => {
    const fetch = () => Promise.resolve(new Response(text, { status: 400 }));
    const error: unknown = await new Cliengo({ apiKey, fetch }).users.me().catch((reason: unknown) => reason);
    expect(isCliengoError(error)).toBe(true);
    return textsOf(error);
  };

  test.each([
    ["as it is", oddKey],
    ["in capitals", oddKey.toUpperCase()],
    ["in a path", encodeURIComponent(oddKey)],
    ["in a query", String(new URLSearchParams({ k: oddKey })).slice(2)],
    ["in a JSON string", JSON.stringify(oddKey).slice(1, -1)],
  ])("%s", async (_, form) => {
    expectNoSecret(await said(`You sent ${form}!`, oddKey), [form]);
  });

  test("cut off at the end of a text", async () => {
    expectNoSecret(await said(`Your key ${key.slice(0, 30)}`), [key.slice(0, 12)]);
    const fetch = () => Promise.resolve(new Response(`{"msg": "your key ${key.slice(0, 30)}`));
    const cliengo = new Cliengo({ apiKey: key, fetch, retry: { maxAttempts: 1 } });
    expectNoSecret(textsOf(await cliengo.users.me().catch((reason: unknown) => reason)), [key.slice(0, 12)]);
  });

  test("in members and lists of other names", async () => {
    const text = JSON.stringify({ x: { "api-key": "zzzzzzzz" }, tokens: ["EAAGfirst", "EAAGsecond"], kept: "kept" });
    const shown = await said(text);
    expectNoSecret(shown, ["zzzzzzzz", "EAAGfirst", "EAAGsecond"]);
    expect(shown).toContain("kept");
  });

  test("in a text of white space, without taking long", async () => {
    const started = performance.now();
    await said(`bearer${" ".repeat(60_000)}a bearer${"\t".repeat(3000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("in the middle of what a snippet shows, the wrong byte within it", async () => {
    // An escape that JSON does not know stands within the key, as a wrong byte does.
    const wrong = `key\\x${key}`;
    const fetch = () => Promise.resolve(new Response(`{"a": "${wrong}"}`));
    const cliengo = new Cliengo({ apiKey: wrong, fetch, retry: { maxAttempts: 1 } });
    const error: unknown = await cliengo.users.me().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ reason: "json", byte: 10 });
    expectNoSecret(textsOf(error), [key, wrong]);
  });

  test("in the name and code of an error of fetch, and in a long request id", async () => {
    const thrown = Object.assign(new Error("x"), { name: `E ${key}`, code: `C-${key}` });
    const cliengo = new Cliengo({ apiKey: key, fetch: () => Promise.reject(thrown), retry: { maxAttempts: 1 } });
    expectNoSecret(textsOf(await cliengo.users.me().catch((reason: unknown) => reason)));
    const headers = { "x-request-id": `${"i".repeat(180)}${key}` };
    const fetch = () => Promise.resolve(new Response("", { status: 400, headers }));
    const other = new Cliengo({ apiKey: key, fetch });
    expectNoSecret(textsOf(await other.users.me().catch((reason: unknown) => reason)));
  });
});

test("a base URL with a password is refused without showing it", () => {
  const make = (): Cliengo => new Cliengo({ apiKey: key, baseUrl: `https://ana:${channelToken}@api.cliengo.com/1.0` });
  expect(make).toThrow("`baseUrl` must look like");
  try {
    make();
  } catch (error) {
    expectNoSecret(textsOf(error));
  }
});
