import { readFile } from "node:fs/promises";
import { fakeClock, memoryCapabilities, memoryDestination } from "@typeload/core/testing";
import { type ConformanceOptions, describeDestination } from "@typeload/destination-conformance";
import { describe, expect, it } from "vitest";
import { brokenCells } from "./broken-cells.ts";
import { brokenCommits } from "./broken-commits.ts";
import { type BrokenDestination, brokenLoads } from "./broken-destinations.ts";
import { brokenLeases } from "./broken-leases.ts";
import { brokenMerges } from "./broken-merges.ts";
import { CollectingRunner } from "./collecting-runner.ts";
import { wrapDestination } from "./wrap-destination.ts";

const broken: readonly BrokenDestination[] = [
  ...brokenLoads,
  ...brokenCommits,
  ...brokenMerges,
  ...brokenCells,
  ...brokenLeases,
];
/** Checks of many rows: they find what others find, and take half of the time. */
const large = /megabyte|many keys|more rows than a batch|rows of one batch/;
const clock = fakeClock();

function collect(change: BrokenDestination["breakIt"], more: Partial<ConformanceOptions> = {}): CollectingRunner {
  const runner = new CollectingRunner();
  describeDestination({
    name: "double",
    create: async () => ({
      destination: change(memoryDestination({ clock })),
      dataset: "trial",
      async [Symbol.asyncDispose]() {},
    }),
    readTable: ({ session, table }) => session.query(`SELECT * FROM "${table.replaceAll('"', '""')}"`),
    runner,
    sleep: async (milliseconds) => clock.advance(milliseconds),
    expects: memoryCapabilities,
    ...more,
  });
  return runner;
}

describe("the suite", () => {
  it("passes a correct destination, also behind a wrapper that changes nothing", async () => {
    expect([...(await collect((destination) => destination).run())]).toEqual([]);
    expect([...(await collect((destination) => wrapDestination(destination, {})).run())]).toEqual([]);
  });

  it.each(broken)("catches a destination that $does", async ({ breakIt, caughtBy }) => {
    const runner = collect(breakIt);
    expect([...runner.checks.keys()]).toContain(caughtBy);
    for (const name of runner.checks.keys()) if (name !== caughtBy && large.test(name)) runner.checks.delete(name);
    const failed = await runner.run();
    expect([...failed.keys()]).toContain(caughtBy);
    // One fault: most of what such a destination does is right, else the check found something else.
    expect(failed.size).toBeLessThan(runner.checks.size * 0.7);
  });

  it("lists in the README every fault and the check that catches it", async () => {
    const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
    const rows = broken.map(({ does, caughtBy }) => `| ${does} | ${caughtBy} |`);
    expect(readme.split("\n").filter((line) => rows.includes(line))).toEqual(rows);
  });

  it("lists in the README every check", async () => {
    const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
    const missing = [...collect((destination) => destination).checks.keys()]
      .map((name) => name.replace(/^merge: (delete-insert|upsert): /, "merge: "))
      .filter(
        (name) => !readme.includes(`| ${name.slice(0, name.indexOf(": "))} | ${name.slice(name.indexOf(": ") + 2)} |`),
      );
    expect([...new Set(missing)]).toEqual([]);
  });
});

describe("checks", () => {
  it("that the destination does not claim to pass are not made, and their absence is held against its capabilities", async () => {
    const expects = {
      ...memoryCapabilities,
      writeDispositions: ["append"],
      mergeStrategies: [],
      widenings: [],
    } as const;
    const runner = collect((destination) => ({ ...destination, capabilities: { ...memoryCapabilities, ...expects } }), {
      expects,
    });
    const names = [...runner.checks.keys()];
    expect(names.filter((name) => /^(merge|replace):/.test(name))).toEqual([]);
    expect(names).toContain("refusals: replace is refused");
    const stated = [...(await collect((destination) => destination, { expects }).run()).keys()];
    expect(stated).toContain("refusals: the destination states what is expected of it");
  });

  it("are left out with a reason only", () => {
    const same: BrokenDestination["breakIt"] = (destination) => destination;
    const test = "data types: bigint keeps 64 bits";
    const runner = collect(same, { skip: [{ test, reason: "its integers end at 2^53" }] });
    expect(runner.skipped).toEqual([`${test} (skipped: its integers end at 2^53)`]);
    expect([...runner.checks.keys()]).not.toContain(test);
    expect(() => collect(same, { skip: [{ test, reason: " " }] })).toThrow(/needs a reason/);
    expect(() => collect(same, { skip: [{ test: "data types: bigint", reason: "none" }] })).toThrow(/no check/);
  });
});
