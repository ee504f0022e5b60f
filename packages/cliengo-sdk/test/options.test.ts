import { afterEach, describe, expect, test, vi } from "vitest";
import { Cliengo, type CliengoOptions, type RequestEvent, type ResponseEvent } from "@typeload/cliengo-sdk";
import { sendJson, startApi } from "./api-server.ts";
import { apiKey, client } from "./client.ts";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["api.cliengo.com"],
  ["ftp://api.cliengo.com/1.0"],
  ["https://ana@api.cliengo.com/1.0"],
  ["https://api.cliengo.com/1.0?api_key=x"],
  ["https://api.cliengo.com/1.0#x"],
])("the base URL %s is refused", (baseUrl) => {
  expect(() => new Cliengo({ apiKey, baseUrl })).toThrow("`baseUrl` must look like https://api.cliengo.com/1.0");
});

test.each([
  ["timeout", { timeout: 0 }],
  ["timeout", { timeout: NaN }],
  ["concurrency", { concurrency: -1 }],
  ["rateLimit.requestsPerSecond", { rateLimit: { requestsPerSecond: 0 } }],
] satisfies [string, CliengoOptions][])("%s must be greater than 0", (name, options) => {
  expect(() => new Cliengo({ apiKey, ...options })).toThrow(`\`${name}\` must be greater than 0`);
});

test("a slash at the end of the base URL changes nothing", async () => {
  const api = await startApi((_, response) => sendJson(response, { id: "u1" }));
  await client({ baseUrl: `${api.baseUrl}//` }).users.me();
  expect(api.requests.map(({ path }) => path)).toEqual(["/users/me"]);
  expect(new Cliengo({ apiKey }).baseUrl).toBe("https://api.cliengo.com/1.0");
});

test("undefined options are as none", async () => {
  const api = await startApi((_, response, number) => sendJson(response, { id: "u1" }, number === 1 ? 500 : 200));
  const options: CliengoOptions = {
    ...api,
    apiKey,
    timeout: undefined,
    retry: { maxAttempts: undefined, baseDelay: 0 },
    limits: { depth: undefined },
  };
  expect(await new Cliengo(options).users.me({ timeout: undefined, signal: undefined })).toEqual({ id: "u1" });
});

test("the headers are plain, and the user agent can be set", async () => {
  const api = await startApi((_, response) => sendJson(response, { id: "c1" }));
  await client(api).users.me();
  await client({ ...api, userAgent: "acme/1.0" }).contacts.create({ websiteId: "s1", name: "Ñandú" });
  expect(api.requests.map(({ headers }) => [headers["user-agent"], headers.accept, headers["content-type"]])).toEqual([
    ["typeload-cliengo-sdk", "application/json", undefined],
    ["acme/1.0", "application/json", "application/json"],
  ]);
  expect(JSON.parse(api.requests[1]?.body ?? "")).toEqual({ websiteId: "s1", name: "Ñandú" });
});

describe("a browser", () => {
  test("is refused, unless asked for", () => {
    vi.stubGlobal("window", {});
    vi.stubGlobal("document", {});
    expect(() => new Cliengo({ apiKey })).toThrow("This is a browser, where everybody can read the API key.");
    expect(new Cliengo({ apiKey, allowBrowser: true })).toBeInstanceOf(Cliengo);
  });
});

describe("the environment", () => {
  test("may not exist", () => {
    vi.stubGlobal("process", undefined);
    expect(() => new Cliengo()).toThrow("There is no API key.");
  });

  test("may be forbidden", () => {
    const env = new Proxy(
      {},
      {
        get: () => {
          throw new Error("Requires env access");
        },
      },
    );
    vi.stubGlobal("process", { env });
    expect(() => new Cliengo()).toThrow("There is no API key.");
  });
});

describe("hooks", () => {
  test("hear each attempt, without credentials", async () => {
    const api = await startApi((_, response, number) =>
      sendJson(response, { id: "u1" }, number === 1 ? 503 : 200, { "x-request-id": `r${number}` }),
    );
    const requests: RequestEvent[] = [];
    const responses: ResponseEvent[] = [];
    await client({
      ...api,
      onRequest: (event) => requests.push(event),
      onResponse: (event) => responses.push(event),
    }).users.me();
    const url = `${api.baseUrl}/users/me`;
    expect(requests).toEqual([
      { method: "GET", url, attempt: 1 },
      { method: "GET", url, attempt: 2 },
    ]);
    expect(responses).toEqual([
      { method: "GET", url, attempt: 1, status: 503, requestId: "r1", bytes: 11, milliseconds: expect.any(Number) },
      { method: "GET", url, attempt: 2, status: 200, requestId: "r2", bytes: 11, milliseconds: expect.any(Number) },
    ]);
  });

  test("that throw fail the call with their own error, and are not retried", async () => {
    const api = await startApi((_, response) => sendJson(response, { id: "u1" }));
    const oops = new Error("My hook is broken.");
    const cliengo = client({
      ...api,
      concurrency: 1,
      onResponse: () => {
        throw oops;
      },
    });
    await expect(cliengo.users.me()).rejects.toBe(oops);
    await expect(cliengo.users.me()).rejects.toBe(oops);
    expect(api.requests).toHaveLength(2);
  });
});
