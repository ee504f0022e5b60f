import type { ChurnRates, Fault, SimulatorOptions } from "@typeload/cliengo-simulator";
import type { CliengoResourceName, CliengoSourceOptions } from "@typeload/source-cliengo";
import { seededRandom } from "../../packages/core/test/pipeline/seeded-random.ts";

/** What happens to an account while runs read it. Everything follows from the seed. */
export interface Scenario {
  readonly simulator: SimulatorOptions;
  readonly source: CliengoSourceOptions<CliengoResourceName> & { readonly sweepWindows: number };
  /** Runs before the account comes to rest. */
  readonly troubledRuns: number;
  readonly churn: ChurnRates;
  /** How likely, before a later page of a window, contacts of its earlier pages are deleted: what is left moves up. */
  readonly shiftRate: number;
  /** Part of the requests whose answer fails or breaks, in a way that trying again mends. */
  readonly stormRate: number;
  readonly stormFaults: readonly [Fault, ...Fault[]];
  /** Part of the lists whose total lies, and by how much. */
  readonly lieRate: number;
  readonly lie: number;
  /** What makes a troubled run fail: every request from `endAt` on is refused, or the `endAt`th window is, or it is aborted there. */
  readonly end: "none" | "refused" | "window refused" | "aborted";
  readonly endAt: number;
}

/** Draws the scenario of a seed: always an account beyond the offset ceiling, so that windows of dates are cut. */
export function drawScenario(seed: number): Scenario {
  const random = seededRandom(seed);
  const whole = (lowest: number, highest: number): number => lowest + Math.floor(random() * (highest - lowest + 1));
  const pick = <T>(...choices: readonly [T, ...T[]]): T => choices[whole(0, choices.length - 1)] ?? choices[0];
  const ceiling = whole(50, 100);
  const days = pick(3, 9, 9, 30, 400);
  const crowd = pick(0, 0, 0, whole(80, 200));
  const end = pick("none", "none", "refused", "window refused", "window refused", "aborted");
  return {
    simulator: {
      seed,
      contacts: ceiling * 3 + whole(60, 300),
      conversations: 0,
      years: days / 365,
      bursts: crowd === 0 ? [] : [{ at: "2024-12-28", records: crowd, seconds: pick(60, 36_000) }],
      ceiling,
      until: pick("exclusive", "inclusive"),
      timeOfDay: pick("used", "used", "ignored", "refused"),
      dateZone: pick("+00:00", "-03:00", "+14:00"),
      envelope: pick("results", "named"),
    },
    source: {
      resources: ["contacts"],
      offsetCeiling: ceiling,
      since:
        random() < 0.25 ? new Date(Date.parse("2025-01-01") - days * 43_200_000).toISOString().slice(0, 10) : undefined,
      trailingDays: whole(0, 7),
      sweepWindows: whole(0, 3),
    },
    troubledRuns: whole(1, 2),
    churn: { inserts: pick(0, 0.2), edits: pick(0, 0.3), deletes: pick(0, 0.05) },
    shiftRate: pick(0, 0.3, 0.6),
    stormRate: pick(0, 0, 0.1, 0.3),
    stormFaults: [
      { kind: "status", status: 429, retryAfter: 0 },
      { kind: "status", status: 503 },
      { kind: "reset" },
      { kind: "reset", afterBytes: whole(1, 900) },
      { kind: "cut-body" },
    ],
    lieRate: pick(0, 0, 0.05, 1),
    lie: pick(1, 7, -1, -5),
    end,
    endAt: end === "window refused" ? whole(1, 8) : whole(5, 90),
  };
}
