import { describe, expect, test } from "vitest";
import { Cliengo } from "@typeload/cliengo-sdk";
import { apiKey, failureOf } from "./client.ts";
import { fakeClock } from "./fake-clock.ts";

const answer = (): Response => Response.json({ id: "x" });
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `u${index}`);

describe("rate", () => {
  test("a burst at once, then evenly, whatever runs at the same time", async () => {
    const clock = fakeClock(0);
    const starts: number[] = [];
    const cliengo = new Cliengo({
      apiKey,
      clock,
      timeout: 1e10,
      concurrency: 100,
      rateLimit: { requestsPerSecond: 4, burst: 3 },
      retry: { budget: 1e12 },
      fetch: () => {
        starts.push(clock.now());
        return Promise.resolve(answer());
      },
    });
    await Promise.all(ids(8).map((id) => cliengo.users.get(id)));
    expect(starts).toEqual([0, 0, 0, 250, 500, 750, 1000, 1250]);
  });

  test("a retry takes its turn as well", async () => {
    const clock = fakeClock(0);
    const starts: number[] = [];
    const cliengo = new Cliengo({
      apiKey,
      clock,
      timeout: 1e10,
      random: () => 0,
      retry: { budget: 1e12 },
      rateLimit: { requestsPerSecond: 1, burst: 1 },
      fetch: () => {
        starts.push(clock.now());
        return Promise.resolve(starts.length < 3 ? new Response("", { status: 500 }) : answer());
      },
    });
    await cliengo.users.me();
    expect(starts).toEqual([0, 1000, 2000]);
  });
});

describe("concurrency", () => {
  test("never more than allowed, in order of arrival", async () => {
    let running = 0;
    let most = 0;
    const order: string[] = [];
    const cliengo = new Cliengo({
      apiKey,
      concurrency: 3,
      rateLimit: false,
      fetch: async (url) => {
        order.push(new URL(url).pathname.split("/").at(-1) ?? "");
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 3));
        running--;
        return answer();
      },
    });
    await Promise.all(ids(20).map((id) => cliengo.users.get(id)));
    expect(most).toBe(3);
    expect(order).toEqual(ids(20));
  });

  test("places come free again after failures and aborts", async () => {
    let calls = 0;
    const cliengo = new Cliengo({
      apiKey,
      concurrency: 1,
      rateLimit: false,
      retry: { maxAttempts: 1 },
      fetch: async (_, init) => {
        calls++;
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (calls === 1) throw new Error("reset");
        if (calls === 2) return new Response("", { status: 404 });
        if (init.signal?.aborted === true) throw new Error("aborted");
        return answer();
      },
    });
    const controller = new AbortController();
    const waiting = cliengo.users.get("waits", { signal: controller.signal });
    const failing = [cliengo.users.get("a"), cliengo.users.get("b")];
    const aborted = cliengo.users.get("never", { signal: controller.signal });
    controller.abort();
    const outcomes = await Promise.allSettled([waiting, ...failing, aborted]);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
    expect(await cliengo.users.get("after")).toEqual({ id: "x" });
  });

  test("a place that is handed to somebody who is gone in that moment goes to the next", async () => {
    // Between the hand-over and the moment in which the next in line wakes up lies a step that no caller sees: all are tried.
    for (let steps = 0; steps < 40; steps++) {
      const controller = new AbortController();
      const abortLater = async (): Promise<void> => {
        for (let step = 0; step < steps; step++) await Promise.resolve();
        controller.abort();
      };
      const cliengo = new Cliengo({
        apiKey,
        concurrency: 1,
        rateLimit: false,
        fetch: () => Promise.resolve(answer()),
        onResponse: ({ url }) => {
          if (url.endsWith("/first")) void abortLater();
        },
      });
      const first = cliengo.users.get("first");
      const gone = cliengo.users.get("gone", { signal: controller.signal }).catch(() => "aborted");
      const last = cliengo.users.get("last", { signal: AbortSignal.timeout(2000) });
      expect(await Promise.all([first, last])).toEqual([{ id: "x" }, { id: "x" }]);
      await gone;
    }
  });

  test("the line has an end", async () => {
    const cliengo = new Cliengo({
      apiKey,
      concurrency: 1,
      rateLimit: false,
      fetch: (_, { signal }) =>
        new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("aborted")))),
    });
    const controller = new AbortController();
    const calls = Array.from({ length: 10_001 }, () =>
      cliengo.users.me({ signal: controller.signal }).catch(() => "aborted"),
    );
    const error = await failureOf(cliengo.users.me());
    expect(error).toMatchObject({ name: "QueueFullError", code: "ERR_CLIENGO_QUEUE_FULL", retryable: true });
    controller.abort();
    expect(new Set(await Promise.all(calls))).toEqual(new Set(["aborted"]));
  });
});
