import { describe, expect, test } from "vitest";
import { Cliengo, type RetryEvent } from "@typeload/cliengo-sdk";
import { sendJson, startApi } from "./api-server.ts";
import { apiKey, client, failureOf } from "./client.ts";
import { fakeClock } from "./fake-clock.ts";

describe("what is repeated", () => {
  test.each([408, 425, 429, 500, 502, 503, 504])("a GET after %i", async (status) => {
    const api = await startApi((_, response, number) => sendJson(response, { id: "me" }, number < 3 ? status : 200));
    expect(await client(api).users.me()).toEqual({ id: "me" });
    expect(api.requests).toHaveLength(3);
  });

  test("a GET whose connection is reset in the middle of the body", async () => {
    const api = await startApi((_, response, number) => {
      if (number === 2) return sendJson(response, { id: "me" });
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"id": "m');
      setTimeout(() => response.destroy(), 20);
    });
    expect(await client(api).users.me()).toEqual({ id: "me" });
  });

  test("a GET with a page of HTML in the API's place", async () => {
    const api = await startApi((_, response, number) => {
      if (number === 2) return sendJson(response, { id: "me" });
      response.end("<!doctype html><title>Just a moment</title>");
    });
    expect(await client(api).users.me()).toEqual({ id: "me" });
  });

  test.each([400, 401, 403, 404, 409])("nothing after %i", async (status) => {
    const api = await startApi((_, response) => sendJson(response, {}, status));
    await failureOf(client(api).users.me());
    expect(api.requests).toHaveLength(1);
  });

  test.each([400, 401, 403, 404])("nothing after %i, also where its body never ends", async (status) => {
    const api = await startApi((_, response) => void response.writeHead(status).write('{"det'));
    expect(await failureOf(client({ ...api, timeout: 200 }).users.me())).toMatchObject({ status, attempts: 1 });
    expect(api.requests).toHaveLength(1);
  });

  test("a PUT, because it sets the same again", async () => {
    const api = await startApi((_, response, number) => sendJson(response, { id: "c1" }, number < 2 ? 502 : 200));
    await client(api).contacts.setStatus("c1", "CLIENT");
    expect(api.requests.map(({ method, body }) => [method, body])).toEqual([
      ["PUT", '{"externalStatus":"CLIENT"}'],
      ["PUT", '{"externalStatus":"CLIENT"}'],
    ]);
  });

  test("no POST and no PATCH, whatever happens", async () => {
    const api = await startApi((_, response) => sendJson(response, {}, 503));
    await failureOf(client(api).contacts.create({ websiteId: "s1" }));
    await failureOf(client(api).contacts.update("c1", { name: "Ana" }));
    expect(api.requests.map(({ method }) => method)).toEqual(["POST", "PATCH"]);
  });

  test.each([
    [429, 3],
    [503, 3],
    [500, 1],
    [504, 1],
  ])("a DELETE after %i: %i requests", async (status, count) => {
    const api = await startApi((_, response) => sendJson(response, {}, status));
    await failureOf(client({ ...api, retry: { maxAttempts: 3 } }).contacts.delete("c1"));
    expect(api.requests).toHaveLength(count);
  });

  test("nothing where a call asks for one attempt", async () => {
    const api = await startApi((_, response) => sendJson(response, {}, 500));
    expect(await failureOf(client(api).users.me({ maxAttempts: 1 }))).toMatchObject({ attempts: 1 });
    expect(api.requests).toHaveLength(1);
  });
});

describe("how long it waits", () => {
  // Answers come from memory: on a wire, a slow machine would let the clock run past the budget.
  const timed = (retryAfter: string | undefined, options: { date?: string; budget?: number } = {}) => {
    let number = 0;
    const fetch = () => {
      const headers = new Headers();
      if (options.date !== undefined) headers.set("date", options.date);
      if (retryAfter !== undefined) headers.set("retry-after", retryAfter);
      return Promise.resolve(Response.json({ id: "me" }, { status: ++number < 3 ? 429 : 200, headers }));
    };
    const clock = fakeClock();
    const events: RetryEvent[] = [];
    const cliengo = new Cliengo({
      fetch,
      apiKey,
      clock,
      timeout: 1e10,
      random: () => 0.5,
      rateLimit: false,
      retry: { budget: options.budget ?? 1e12 },
      onRetry: (event) => events.push(event),
    });
    return { call: cliengo.users.me(), events, clock };
  };

  test("full jitter that doubles, where the server names nothing", async () => {
    const { call, events } = timed(undefined);
    await call;
    expect(events.map(({ delay }) => delay)).toEqual([250, 500]);
    expect(events.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(events[0]?.error.code).toBe("ERR_CLIENGO_RATE_LIMIT");
  });

  test("`Retry-After` in seconds", async () => {
    const { call, events, clock } = timed("7");
    await call;
    expect(events.map(({ delay }) => delay)).toEqual([7000, 7000]);
    expect(clock.slept).toEqual([7000, 7000]);
  });

  test("`Retry-After` as a date, by the server's own clock", async () => {
    const { call, events } = timed("Wed, 01 Jan 2031 00:00:09 GMT", { date: "Wed, 01 Jan 2031 00:00:00 GMT" });
    await call;
    expect(events.map(({ delay }) => delay)).toEqual([9000, 9000]);
  });

  test("an absurd `Retry-After` is capped", async () => {
    const { call, events } = timed("99999999");
    await call;
    expect(events.map(({ delay }) => delay)).toEqual([60_000, 60_000]);
  });

  test("`Retry-After` that makes no sense counts as none", async () => {
    const { call, events } = timed("soon");
    await call;
    expect(events.map(({ delay }) => delay)).toEqual([250, 500]);
  });

  test("not at all where the wait would exceed the budget; the error names the wait", async () => {
    const { call, events } = timed("30", { budget: 20_000 });
    const error = await failureOf(call);
    expect(error).toMatchObject({ code: "ERR_CLIENGO_RATE_LIMIT", attempts: 1, retryAfter: 30_000 });
    expect(events).toEqual([]);
  });

  test.each(["-5", "5, 7"])("`Retry-After: %s` counts as none", async (value) => {
    const { call, events } = timed(value);
    await call;
    expect(events.map(({ delay }) => delay)).toEqual([250, 500]);
  });

  test.each([400, 403, 404])("a `Retry-After` of %i keeps nobody waiting", async (status) => {
    const clock = fakeClock();
    const fetch = (url: string) =>
      Promise.resolve(
        Response.json({ id: "me" }, url.includes("/me") ? {} : { status, headers: { "retry-after": "30" } }),
      );
    const cliengo = new Cliengo({ fetch, apiKey, clock, timeout: 1e10, retry: { budget: 1e12 } });
    expect((await failureOf(cliengo.users.get("u1"))).status).toBe(status);
    expect(await cliengo.users.me()).toEqual({ id: "me" });
    expect(clock.slept).toEqual([]);
  });

  test("a pause that is lengthened while a request sleeps holds it longer", async () => {
    const clock = fakeClock(0);
    const starts: [string, number][] = [];
    const delays: Record<string, string> = { a: "10", b: "20" };
    const fetch = async (text: string) => {
      const name = new URL(text).pathname.slice(-1);
      starts.push([name, clock.now()]);
      // The second refusal comes while the third call sleeps.
      if (name === "b") await clock.sleep(3000);
      return Response.json(
        { id: name },
        name in delays ? { status: 429, headers: { "retry-after": delays[name] ?? "" } } : {},
      );
    };
    const cliengo = new Cliengo({
      fetch,
      apiKey,
      clock,
      timeout: 1e10,
      rateLimit: false,
      retry: { budget: 1e12, maxAttempts: 1 },
    });
    const refused = [failureOf(cliengo.users.get("a")), failureOf(cliengo.users.get("b"))];
    await refused[0];
    const third = cliengo.users.get("c");
    await Promise.all(refused);
    expect(await third).toEqual({ id: "c" });
    expect(starts).toEqual([
      ["a", 0],
      ["b", 0],
      ["c", 23_000],
    ]);
  });

  test("a clock that is set back keeps nobody waiting", async () => {
    let setBack = 0;
    const steady = fakeClock();
    const clock = { now: () => steady.now() - setBack, sleep: steady.sleep };
    const fetch = () => Promise.resolve(Response.json({ id: "me" }));
    const rateLimit = { requestsPerSecond: 10, burst: 2 };
    const cliengo = new Cliengo({ fetch, apiKey, clock, timeout: 1e10, rateLimit, retry: { budget: 1e12 } });
    for (let call = 0; call < 3; call++) await cliengo.users.me();
    setBack = 3_600_000;
    await cliengo.users.me();
    expect(steady.slept.every((milliseconds) => milliseconds <= 100)).toBe(true);
  });

  test("a 429 pauses the whole client, not only its own request", async () => {
    const clock = fakeClock();
    const arrivals: number[] = [];
    const api = await startApi((_, response, number) => {
      arrivals.push(clock.now());
      sendJson(response, { id: "x" }, number === 1 ? 429 : 200, { "retry-after": "10" });
    });
    const cliengo = new Cliengo({
      ...api,
      apiKey,
      clock,
      timeout: 1e10,
      rateLimit: false,
      retry: { budget: 1e12 },
      concurrency: 1,
    });
    await Promise.all([cliengo.users.me(), cliengo.users.get("u1"), cliengo.users.get("u2")]);
    const [first, ...others] = arrivals;
    expect(others).toHaveLength(3);
    for (const arrival of others) expect(arrival - (first ?? 0)).toBeGreaterThanOrEqual(10_000);
  });
});

test("an attempt that takes too long is cut and repeated; the last error is a timeout", async () => {
  const api = await startApi(
    (_, response) => void response.writeHead(200, { "content-type": "application/json" }).write("{"),
  );
  const error = await failureOf(client({ ...api, timeout: 60, retry: { maxAttempts: 2 } }).users.me());
  expect(error).toMatchObject({ name: "TimeoutError", code: "ERR_CLIENGO_TIMEOUT", retryable: true, attempts: 2 });
  expect(error.message).toContain("took longer than 60 ms");
  expect(api.requests).toHaveLength(2);
});

test("a refused connection names the reason", async () => {
  const api = await startApi(() => undefined);
  await api.close();
  const error = await failureOf(client({ ...api, retry: { maxAttempts: 2 } }).users.me());
  expect(error).toMatchObject({
    name: "ConnectionError",
    code: "ERR_CLIENGO_CONNECTION",
    retryable: true,
    attempts: 2,
  });
  expect(error.message).toContain("ECONNREFUSED");
});
