import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/index.ts";

describe("systemClock", () => {
  it.each([2 ** 31, 30 * 86_400_000, Number.POSITIVE_INFINITY])(
    "sleeps %d ms, longer than a timer can",
    async (time) => {
      const controller = new AbortController();
      let awake = false;
      const sleeping = systemClock.sleep(time, controller.signal).then(() => (awake = true));
      await wait(30);
      expect(awake).toBe(false);
      controller.abort(new Error("enough"));
      await expect(sleeping).rejects.toThrow("enough");
    },
  );

  it("sleeps a short time too, and none", async () => {
    const before = systemClock.now();
    await systemClock.sleep(20, new AbortController().signal);
    expect(systemClock.now() - before).toBeGreaterThan(15);
    await systemClock.sleep(0, new AbortController().signal);
  });
});
