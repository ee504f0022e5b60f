import { expect, it } from "vitest";
import type { SimulatorOptions } from "@typeload/cliengo-simulator";
import { compareContents } from "./cliengo-contents.ts";
import { openTrial } from "./cliengo-trial.ts";

// A ceiling of 50 in place of 1000: pages of 50 reach 100 contacts.
const account: SimulatorOptions = { conversations: 0, ceiling: 50, hostileText: false, until: "inclusive" };
const source = { resources: ["contacts"], offsetCeiling: 50 } as const;

it.each([45, 40, 0])(
  "a total that is too low (%i of 150 contacts): all are loaded, and none are expected",
  async (total) => {
    await using trial = await openTrial({ simulator: { ...account, contacts: 150 } });
    const { faults, requests } = trial.simulator;
    faults.add({ kind: "wrong-total", total, match: { path: "/contacts" }, times: 1e6 });
    for (const run of ["first", "second"]) {
      const before = requests.count;
      const { resources: report } = await trial.run({ source });
      const { completeness } = report["contacts"] ?? expect.unreachable();
      expect(completeness, run).toMatchObject({ read: 150, expected: undefined });
      expect(completeness.rows, run).not.toBe("truncated");
      expect(requests.count - before).toBeLessThan(200);
    }
    await compareContents(trial, source.resources);
  },
);

it.each([
  [500, 30],
  [150, 150],
])(
  "a total that is always %i (of %i contacts): all are loaded in a bounded number of requests",
  async (total, contacts) => {
    await using trial = await openTrial({ simulator: { ...account, contacts } });
    const { faults, requests } = trial.simulator;
    faults.add({ kind: "wrong-total", total, match: { path: "/contacts" }, times: 1e6 });
    const { resources: report } = await trial.run({ source });
    expect(report["contacts"]?.completeness).toMatchObject({ rows: "unproved", read: contacts });
    expect(requests.count).toBeLessThan(250);
    await compareContents(trial, source.resources);
  },
);
