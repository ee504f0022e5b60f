import { readFile } from "node:fs/promises";
import type { Destination, RowBatch } from "@typeload/core";
import { fakeClock, memoryCapabilities, memoryDestination } from "@typeload/core/testing";
import { type ConformanceOptions, describeDestination } from "@typeload/destination-conformance";
import { describe, expect, it } from "vitest";
import { brokenCells } from "./broken-cells.ts";
import { brokenCommits } from "./broken-commits.ts";
import { type BrokenDestination, brokenLoads } from "./broken-destinations.ts";
import { brokenLeases } from "./broken-leases.ts";
import { brokenMerges } from "./broken-merges.ts";
import { brokenSessions } from "./broken-sessions.ts";
import { brokenStrategies } from "./broken-strategies.ts";
import { CollectingRunner } from "./collecting-runner.ts";
import { wrapDestination } from "./wrap-destination.ts";

const broken: readonly BrokenDestination[] = [
  ...brokenLoads,
  ...brokenCommits,
  ...brokenMerges,
  ...brokenStrategies,
  ...brokenCells,
  ...brokenLeases,
  ...brokenSessions,
];
/** Checks of many rows: they find what others find, and take half of the time. */
const large = /megabyte|many keys|more rows than a batch|rows of one batch|100,000 rows/;
const clock = fakeClock();
const manyRows = "volume: a load of 100,000 rows in 50 parts arrives whole";
const stagingInMemory = "volume: a part of 256 MiB is staged without keeping its batches";

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
    skip: [{ test: stagingInMemory, reason: "memory keeps its rows in this process" }],
    ...more,
  });
  return runner;
}

describe("the suite", () => {
  it("passes a correct destination, also behind a wrapper that changes nothing", async () => {
    expect([...(await collect((destination) => destination).run())]).toEqual([]);
    const wrapped = collect((destination) => wrapDestination(destination, {}));
    wrapped.checks.delete(manyRows);
    expect([...(await wrapped.run())]).toEqual([]);
  });

  it.each(broken)("catches a destination that $does", async ({ breakIt, states, caughtBy }) => {
    const runner = collect(breakIt, { expects: { ...memoryCapabilities, ...states } });
    expect([...runner.checks.keys()]).toContain(caughtBy);
    for (const name of runner.checks.keys()) if (name !== caughtBy && large.test(name)) runner.checks.delete(name);
    const failed = await runner.run();
    expect([...failed.keys()]).toContain(caughtBy);
    // One fault: most of what such a destination does is right, else the check found something else.
    expect(failed.size).toBeLessThan(runner.checks.size * 0.7);
  });

  it.each([
    ["passes", "lets batches go", false],
    ["catches", "keeps the batches of a part until it commits", true],
  ])("%s a destination that %s", async (_verb, _does, keeps) => {
    const kept: RowBatch[] = [];
    const runner = collect((destination) => stagingWith(destination, (batch) => void (keeps && kept.push(batch))), {
      skip: [],
    });
    for (const name of runner.checks.keys()) if (name !== stagingInMemory) runner.checks.delete(name);
    expect([...(await runner.run()).keys()]).toEqual(keeps ? [stagingInMemory] : []);
  });

  it("lists in the README every fault and the check that catches it", async () => {
    const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
    const hoarder = { does: "keeps the batches of a part until it commits", caughtBy: stagingInMemory };
    const rows = [...broken, hoarder].map(({ does, caughtBy }) => `| ${does} | ${caughtBy} |`);
    expect(readme.split("\n").filter((line) => rows.includes(line))).toEqual(rows);
  });

  it("lists in the README every check", async () => {
    const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
    const missing = [...collect((destination) => destination, { skip: [] }).checks.keys()]
      .map((name) => name.replace(/^merge: (delete-insert|upsert): /, "merge: "))
      .filter(
        (name) => !readme.includes(`| ${name.slice(0, name.indexOf(": "))} | ${name.slice(name.indexOf(": ") + 2)} |`),
      );
    expect([...new Set(missing)]).toEqual([]);
  });
});

/** The destination with batches taken one by one and counted, and nothing stored. */
function stagingWith(destination: Destination, take: (batch: RowBatch) => void): Destination {
  return {
    ...destination,
    open: async (context) => {
      const session = await destination.open(context);
      session.stage = async (_part, batches) => {
        let rows = 0;
        for await (const batch of batches) {
          take(batch);
          rows += batch.rowCount;
        }
        return { rows };
      };
      return session;
    },
  };
}

describe("checks", () => {
  it("that need two open sessions are skipped by the capability, and say so", () => {
    const two = (runner: CollectingRunner): readonly string[] =>
      runner.skipped.filter((name) => name.startsWith("sessions: "));
    const same: BrokenDestination["breakIt"] = (destination) => destination;
    expect(two(collect(same))).toEqual([]);
    expect(two(collect(same, { expects: { ...memoryCapabilities, sessionsAtOnce: 1 } }))).toEqual(
      [
        "sessions: a run that is taken over while its session is open can commit nothing more",
        "sessions: a lease is refused to others while its holder commits",
        "sessions: of a commit and a takeover at the same time, a commit that succeeds is stored whole, and one that fails not at all",
        "sessions: a commit leaves what another session has staged",
      ].map((name) => `${name} (skipped: its capability sessionsAtOnce is 1)`),
    );
  });

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
    const contradicted = collect((destination) => destination, { expects });
    contradicted.checks.delete(manyRows);
    const stated = [...(await contradicted.run()).keys()];
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
