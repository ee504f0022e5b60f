import { fakeClock } from "@typeload/core/testing";
import { describe, expect, it } from "vitest";

describe("fakeClock", () => {
  it("stands still until it is moved on, and wakes who slept long enough, the earliest first", async () => {
    const clock = fakeClock({ start: new Date(1000) });
    const woken: string[] = [];
    const signal = new AbortController().signal;
    const late = clock.sleep(20, signal).then(() => woken.push("late"));
    const early = clock.sleep(10, signal).then(() => woken.push("early"));
    const never = clock.sleep(30, signal);
    expect([clock.now(), clock.sleeping]).toEqual([1000, 3]);
    clock.advance(25);
    await Promise.all([early, late]);
    expect([woken, clock.now(), clock.sleeping]).toEqual([["early", "late"], 1025, 1]);
    clock.advance(5);
    await never;
  });

  it("ends a sleep whose signal is aborted, with the signal's reason", async () => {
    const clock = fakeClock();
    const aborter = new AbortController();
    const nap = clock.sleep(10, aborter.signal);
    aborter.abort(new Error("enough"));
    await expect(nap).rejects.toThrow("enough");
    expect(clock.sleeping).toBe(0);
    await expect(clock.sleep(1, aborter.signal)).rejects.toThrow("enough");
  });

  it("may skip sleeps", async () => {
    const clock = fakeClock({ start: new Date(0), skipsSleep: true });
    await clock.sleep(60_000, new AbortController().signal);
    expect(clock.now()).toBe(60_000);
  });
});
