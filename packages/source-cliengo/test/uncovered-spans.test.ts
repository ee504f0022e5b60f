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
      "windows that meet on a day, or on two that follow each other where the day is included, leave nothing",
      {},
      [
        { until: "2026-01-01" },
        { since: "2026-01-01", until: "2026-02-01", includesUntil: true },
        { since: "2026-02-02", until: "2026-03-01" },
      ],
      [{ since: "2026-03-01" }],
    ],
    [
      "a day between two windows is missing where nobody has shown that it is included",
      {},
      [{ until: "2026-02-01" }, { since: "2026-02-02" }],
      [{ since: "2026-02-01", until: "2026-02-02" }],
    ],
    [
      "a part of a crowded day is missing",
      {},
      [{ until: "2026-02-01T08:00:00.000Z" }, { since: "2026-02-01T09:00:00.000Z" }],
      [{ since: "2026-02-01T08:00:00.000Z", until: "2026-02-01T09:00:00.000Z" }],
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
      "times of a crowded day are bounds as well",
      {},
      [{ until: "2026-01-01T12:00:00Z" }, { since: "2026-01-05T00:00:00Z", until: "2026-01-06" }],
      [{ since: "2026-01-06" }, { since: "2026-01-01T12:00:00Z", until: "2026-01-05T00:00:00Z" }],
    ],
  ])("%s", (_what, within, covered, gaps) => {
    expect(uncoveredSpans(within, covered)).toEqual(gaps);
  });
});
