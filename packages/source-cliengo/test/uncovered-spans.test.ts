import { describe, expect, it } from "vitest";
import { uncoveredSpans } from "../src/reading/uncovered-spans.ts";

describe("uncoveredSpans", () => {
  it.each([
    ["nothing is covered", {}, [], [{}]],
    ["all but the newest part", {}, [{ until: "2026-01-01" }], [{ since: "2026-01-01" }]],
    [
      "a hole between two windows, and both ends",
      {},
      [
        { since: "2026-03-01", until: "2026-04-01" },
        { since: "2026-01-01", until: "2026-02-01" },
      ],
      [{ since: "2026-04-01" }, { since: "2026-02-01", until: "2026-03-01" }, { until: "2026-01-01" }],
    ],
    [
      "windows that meet leave nothing, and a single day between two is a hole",
      {},
      [
        { until: "2026-01-01" },
        { since: "2026-01-01", until: "2026-02-01" },
        { since: "2026-02-02", until: "2026-03-01" },
      ],
      [{ since: "2026-03-01" }, { since: "2026-02-01", until: "2026-02-02" }],
    ],
    [
      "a window inside another changes nothing",
      {},
      [{ until: "2026-03-01" }, { since: "2026-01-01", until: "2026-02-01" }],
      [{ since: "2026-03-01" }],
    ],
    [
      "the lower bound of the source is kept",
      { since: "2025-01-01" },
      [{ since: "2025-06-01", until: "2025-07-01" }],
      [{ since: "2025-07-01" }, { since: "2025-01-01", until: "2025-06-01" }],
    ],
    [
      "windows before the lower bound leave all of it",
      { since: "2026-01-01" },
      [{ until: "2025-12-01" }],
      [{ since: "2026-01-01" }],
    ],
  ])("%s", (_what, within, covered, gaps) => {
    expect(uncoveredSpans(within, covered)).toEqual(gaps);
  });
});
