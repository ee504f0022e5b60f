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
  ["rateLimit.burst", { rateLimit: { requestsPerSecond: 5, burst: NaN } }],
  ["retry.maxAttempts", { retry: { maxAttempts: NaN } }],
  ["retry.budget", { retry: { budget: 0 } }],
  ["limits.bodyBytes", { limits: { bodyBytes: NaN } }],
] satisfies [string, CliengoOptions][])("%s must be greater than 0", (name, options) => {
  expect(() => new Cliengo({ apiKey, ...options })).toThrow(`\`${name}\` must be greater than 0`);
});

test.each([
  ["retry.baseDelay", { retry: { baseDelay: -1 } }],
  ["retry.maxRetryAfter", { retry: { maxRetryAfter: NaN } }],
  ["limits.depth", { limits: { depth: NaN } }],
  ["limits.redirects", { limits: { redirects: NaN } }],
  ["offsetCeiling", { offsetCeiling: NaN }],
] satisfies [string, CliengoOptions][])("%s must be 0 or more", (name, options) => {
  expect(() => new Cliengo({ apiKey, ...options })).toThrow(`\`${name}\` must be 0 or more`);
});

test.each(["timeout", "maxAttempts", "budget"])("a call's %s must be greater than 0; nothing is sent", async (name) => {
  const api = await startApi((_, response) => sendJson(response, { id: "u1" }));
  for (const value of [NaN, 0, -1]) {
    await expect(client(api).users.me({ [name]: value })).rejects.toThrow(`\`${name}\` must be greater than 0`);
  }
  expect(api.requests).toEqual([]);
});

test("a page size that is no number is refused; nothing is sent", async () => {
  const api = await startApi((_, response) => sendJson(response, { results: [] }));
  await expect(client(api).users.list({ limit: NaN })).rejects.toThrow("`limit` must be greater than 0");
  await expect(client(api).users.list({ offset: NaN })).rejects.toThrow("`offset` must be 0 or more");
  expect(api.requests).toEqual([]);
});

test("a rate without a bound waits for nothing", async () => {
  const api = await startApi((_, response) => sendJson(response, { id: "u1" }));
  const cliengo = client({ ...api, rateLimit: { requestsPerSecond: Infinity } });
  for (let call = 0; call < 3; call++) expect(await cliengo.users.me()).toEqual({ id: "u1" });
});

test.each([
  ["`userAgent`", { userAgent: "acme \u{1f98a}" }],
  ["The `Authorization` header", { jwt: "jwt-\u0416" }],
  ["`apiKey`", { apiKey: "key-\ud800-of-mine" }],
  ["`jwt` is empty", { jwt: " " }],
] satisfies [string, CliengoOptions][])("what cannot be sent is refused at once: %s", (what, options) => {
  expect(() => new Cliengo({ apiKey, ...options })).toThrow(
    expect.objectContaining({ code: "ERR_CLIENGO_CONFIGURATION", message: expect.stringContaining(what) }),
  );
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
