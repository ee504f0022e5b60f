import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareLoadIds, isLoadId, nextLoadId } from "../../src/extract/load-id.ts";

describe("nextLoadId", () => {
  it.each([
    ["a clock that is ahead", 1_795_348_577_318.558, ["1795348570.1"], "1795348577.318558500000000"],
    ["nothing stored", 1_000, [undefined], "1.000000500000000"],
    ["a clock that is behind", 5_000, ["1795348577.3185587", "7.5"], "1795348577.318559500000000"],
    ["a whole second", 5_000, ["1795348577"], "1795348577.000001500000000"],
    ["what is no load id", 5_000, ["", "abc", "1e9", "-7"], "5.000000500000000"],
  ])("with %s", (_what, now, existing, expected) => {
    expect(nextLoadId(now, existing, () => 0.5)).toBe(expected);
  });

  it("is always greater than what is there, as number and in order", () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(9_999_999), fc.nat(2 ** 31 - 1), (seconds, fraction, now) => {
        const existing = `${seconds}.${String(fraction).padStart(7, "0")}`;
        const next = nextLoadId(now * 1000, [existing], Math.random);
        expect(isLoadId(next)).toBe(true);
        expect(compareLoadIds(next, existing)).toBeGreaterThan(0);
        expect(Number(next)).toBeGreaterThanOrEqual(now);
      }),
    );
  });
});
