import { describe, expect, test, vi } from "vitest";
import { Cliengo } from "@typeload/cliengo-sdk";
import { type ReceivedRequest, sendJson, startApi } from "./api-server.ts";
import { apiKey, client, failureOf } from "./client.ts";

/** An API that hands out JWTs and accepts the newest only. */
async function startJwtApi(options: { accepts?: (authorization: string, newest: string) => boolean } = {}) {
  const accepts = options.accepts ?? ((authorization, newest) => authorization === `Bearer ${newest}`);
  let issued = 0;
  let newest = "none";
  const api = await startApi(async (request, response) => {
    if (request.path === "/jwt") {
      // Slow enough for others to come while it is on its way.
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (request.query.get("api_key") !== apiKey) return sendJson(response, { detail: "Who?" }, 401);
      newest = `jwt-number-${++issued}`;
      return sendJson(response, { jwt: newest });
    }
    if (!accepts(request.headers.authorization ?? "", newest)) return sendJson(response, { detail: "Expired." }, 401);
    sendJson(response, { id: request.path });
  });
  return {
    ...api,
    expire: () => {
      newest = "expired";
    },
    exchanges: () => api.requests.filter(({ path }) => path === "/jwt").length,
  };
}

const credentialsOf = ({ query, headers }: ReceivedRequest) => [query.get("api_key"), headers.authorization ?? null];

describe("the key", () => {
  test("goes into the query", async () => {
    const api = await startApi((_, response) => sendJson(response, { id: "u1" }));
    await new Cliengo({ ...api, apiKey: ` ${apiKey}\n` }).users.me();
    expect(api.requests.map(credentialsOf)).toEqual([[apiKey, null]]);
  });

  test("comes from CLIENGO_API_KEY", async () => {
    vi.stubEnv("CLIENGO_API_KEY", "key-of-environment");
    const api = await startApi((_, response) => sendJson(response, { id: "u1" }));
    await new Cliengo(api).users.me();
    expect(api.requests.map(credentialsOf)).toEqual([["key-of-environment", null]]);
    vi.unstubAllEnvs();
  });

  test("of the environment is not mixed with a JWT of one's own", async () => {
    vi.stubEnv("CLIENGO_API_KEY", "key-of-environment");
    const api = await startApi((_, response) => sendJson(response, {}, 401));
    await failureOf(new Cliengo({ ...api, jwt: "my-jwt" }).users.me());
    expect(api.requests.map(credentialsOf)).toEqual([[null, "Bearer my-jwt"]]);
    vi.unstubAllEnvs();
  });

  test("is missed by name", () => {
    vi.stubEnv("CLIENGO_API_KEY", "");
    expect(() => new Cliengo()).toThrow(/There is no API key\. .*CLIENGO_API_KEY.* Generate API Key/);
    vi.unstubAllEnvs();
  });
});

describe("a JWT", () => {
  test("is exchanged once for all who wait, and kept", async () => {
    const api = await startJwtApi();
    const cliengo = client({ ...api, jwt: true });
    await Promise.all([cliengo.users.me(), cliengo.account.get(), cliengo.users.get("u1")]);
    await cliengo.users.me();
    expect(api.exchanges()).toBe(1);
    const others = api.requests.filter(({ path }) => path !== "/jwt");
    expect(others.map(credentialsOf)).toEqual(Array.from({ length: 4 }, () => [null, "Bearer jwt-number-1"]));
  });

  test("is waited for no longer than a call's budget", async () => {
    const cliengo = client({ jwt: true, fetch: () => new Promise(() => undefined) });
    const started = performance.now();
    const error = await failureOf(cliengo.users.me({ timeout: 50, budget: 150, maxAttempts: 1 }));
    expect(error).toMatchObject({ code: "ERR_CLIENGO_TIMEOUT", retryable: true });
    expect(error.message).toContain("waited for a JWT until its budget of 150 ms was spent");
    expect(performance.now() - started).toBeLessThan(3000);
  });

  test("takes its exchange's time from the budget", async () => {
    const api = await startApi(async (request, response) => {
      if (request.path !== "/jwt") return;
      await new Promise((resolve) => setTimeout(resolve, 300));
      sendJson(response, { jwt: "a-fresh-jwt" });
    });
    const error = await failureOf(client({ ...api, jwt: true }).users.me({ budget: 1500, maxAttempts: 1 }));
    expect(error.code).toBe("ERR_CLIENGO_TIMEOUT");
    expect(Number(/took longer than (\d+)/.exec(error.message)?.[1])).toBeLessThanOrEqual(1210);
  });

  test("with a character that no header may hold is a setting to correct, not a failure of the network", async () => {
    const api = await startApi((_, response) => sendJson(response, { jwt: "jwt-\u0416" }));
    expect(await failureOf(client({ ...api, jwt: true }).users.me())).toMatchObject({
      code: "ERR_CLIENGO_CONFIGURATION",
      retryable: false,
    });
  });

  test("that two requests are refused for at the same time is exchanged once", async () => {
    let issued = 0;
    const refused = Promise.withResolvers<void>();
    let waiting = 0;
    const cliengo = client({
      jwt: "an-old-one",
      async fetch(url, init) {
        if (url.includes("/jwt")) return Response.json({ jwt: `jwt-number-${++issued}` });
        if (new Headers(init.headers).get("authorization") !== "Bearer an-old-one") return Response.json({ id: "u1" });
        if (++waiting === 2) refused.resolve();
        await refused.promise;
        return Response.json({}, { status: 401 });
      },
    });
    await Promise.all([cliengo.users.me(), cliengo.users.get("u1")]);
    expect(issued).toBe(1);
  });

  test("that expires is renewed once for all who are refused", async () => {
    const api = await startJwtApi();
    const cliengo = client({ ...api, jwt: true });
    await cliengo.users.me();
    api.expire();
    const answers = await Promise.all([cliengo.users.me(), cliengo.account.get(), cliengo.users.get("u1")]);
    expect(answers.map(({ id }) => id)).toEqual(["/users/me", "/account", "/users/u1"]);
    expect(api.exchanges()).toBe(2);
  });

  test("is renewed for a write too: a refused request was not carried out", async () => {
    const api = await startJwtApi();
    const cliengo = client({ ...api, jwt: true });
    await cliengo.users.me();
    api.expire();
    await cliengo.contacts.create({ websiteId: "s1" });
    expect(api.requests.filter(({ method }) => method === "POST").map(({ body }) => body)).toEqual([
      '{"websiteId":"s1"}',
      '{"websiteId":"s1"}',
    ]);
  });

  test("that is refused again and again is renewed once a call", async () => {
    const api = await startJwtApi({ accepts: () => false });
    const error = await failureOf(client({ ...api, jwt: true }).users.me());
    expect(error.code).toBe("ERR_CLIENGO_AUTHENTICATION");
    expect(api.exchanges()).toBe(2);
    expect(api.requests).toHaveLength(4);
  });

  test("of one's own comes first, the key after it", async () => {
    const api = await startJwtApi();
    await client({ ...api, jwt: "an-old-one" }).users.me();
    expect(api.requests.map(credentialsOf)).toEqual([
      [null, "Bearer an-old-one"],
      [apiKey, null],
      [null, "Bearer jwt-number-1"],
    ]);
  });

  test("goes into the header in the form one asks for", async () => {
    const api = await startJwtApi({ accepts: (authorization, newest) => authorization === newest });
    await client({ ...api, jwt: true, authorization: (jwt) => jwt }).users.me();
    expect(api.requests.map(credentialsOf).at(-1)).toEqual([null, "jwt-number-1"]);
  });

  test("whose exchange fails is asked for again by the next call", async () => {
    let isDown = true;
    const api = await startApi((request, response) => {
      if (request.path === "/jwt") return sendJson(response, { jwt: "good-one" }, isDown ? 500 : 200);
      sendJson(response, { id: "u1" });
    });
    const cliengo = client({ ...api, jwt: true, retry: { maxAttempts: 1 } });
    expect(await failureOf(cliengo.users.me())).toMatchObject({ code: "ERR_CLIENGO_SERVER" });
    isDown = false;
    expect(await cliengo.users.me()).toEqual({ id: "u1" });
  });

  test("is not there in an answer without one", async () => {
    const api = await startApi((_, response) => sendJson(response, { token: "x" }));
    expect(await failureOf(client({ ...api, jwt: true }).users.me())).toMatchObject({ reason: "shape" });
  });

  test("does not wait for itself where one request may run at a time", async () => {
    const api = await startJwtApi();
    expect(await client({ ...api, jwt: true, concurrency: 1 }).users.me()).toEqual({ id: "/users/me" });
  });

  test("can be had for use elsewhere", async () => {
    const api = await startJwtApi();
    expect(await client(api).exchangeJwt()).toBe("jwt-number-1");
    await expect(client({ ...api, apiKey: undefined, jwt: "mine" }).exchangeJwt()).rejects.toThrow(
      "A JWT needs `apiKey`.",
    );
  });
});
