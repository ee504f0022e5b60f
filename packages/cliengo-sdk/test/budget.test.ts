import { expect, test } from "vitest";
import { Cliengo } from "@typeload/cliengo-sdk";
import { startApi } from "./api-server.ts";
import { apiKey, client, failureOf } from "./client.ts";
import { fakeClock } from "./fake-clock.ts";

test("the budget bounds the attempts themselves", async () => {
  const api = await startApi(() => undefined);
  const started = performance.now();
  const error = await failureOf(client({ ...api, timeout: 60_000 }).users.me({ budget: 150 }));
  expect(error.code).toBe("ERR_CLIENGO_TIMEOUT");
  expect(performance.now() - started).toBeLessThan(3000);
});

test("the budget is for all attempts together", async () => {
  let sent = 0;
  const clock = fakeClock(0);
  const fetch = async () => {
    sent++;
    await clock.sleep(400);
    return Response.json({}, { status: 503 });
  };
  const retry = { budget: 1000, baseDelay: 0, maxAttempts: 100 };
  const cliengo = new Cliengo({ fetch, apiKey, clock, timeout: 1e10, rateLimit: false, retry });
  expect((await failureOf(cliengo.users.me())).code).toBe("ERR_CLIENGO_TIMEOUT");
  expect([sent, clock.now()]).toEqual([3, 1000]);
});

test("a retry that stood in line beyond its budget is not sent; the failure before it is told", async () => {
  const clock = fakeClock(0);
  const sent: string[] = [];
  const fetch = async (text: string) => {
    const name = new URL(text).pathname.slice(-1);
    sent.push(name);
    if (name === "a") return Response.json({}, { status: 503 });
    await clock.sleep(400);
    return Response.json({ id: name });
  };
  const cliengo = new Cliengo({
    fetch,
    apiKey,
    clock,
    concurrency: 1,
    random: () => 1,
    rateLimit: false,
    timeout: 1e10,
    retry: { baseDelay: 1, budget: 1e12 },
  });
  const first = failureOf(cliengo.users.get("a", { budget: 300 }));
  const second = cliengo.users.get("b");
  expect(await first).toMatchObject({ code: "ERR_CLIENGO_SERVER", status: 503 });
  expect(await second).toEqual({ id: "b" });
  expect(sent).toEqual(["a", "b"]);
});

test("a pause that is longer than a call's budget fails it at once", async () => {
  let sent = 0;
  const fetch = () => {
    sent++;
    return Promise.resolve(Response.json({}, { status: 429, headers: { "retry-after": "30" } }));
  };
  const clock = fakeClock();
  const cliengo = new Cliengo({ fetch, apiKey, clock, timeout: 1e10, rateLimit: false });
  await failureOf(cliengo.users.me({ budget: 500 }));
  const error = await failureOf(cliengo.users.me({ budget: 500 }));
  expect(error).toMatchObject({ code: "ERR_CLIENGO_RATE_LIMIT", retryable: true, retryAfter: 30_000 });
  expect([sent, clock.slept]).toEqual([1, []]);
});
