import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/async/clock.ts";

describe("the system's clock", () => {
  it.each([30 * 86_400_000, Infinity])(
    "sleeps %s ms, though timers are shorter, until its signal ends it",
    async (ms) => {
      const controller = new AbortController();
      const reason = new Error("enough");
      setTimeout(() => controller.abort(reason), 30);
      await expect(systemClock.sleep(ms, controller.signal)).rejects.toBe(reason);
    },
  );
});
