import { describe, expect, it } from "vitest";
import type { RequestMatch, SimulatorOptions } from "@typeload/cliengo-simulator";
import type { CliengoResourceName, CliengoSourceOptions } from "@typeload/source-cliengo";
import { failureOf, openTrial } from "./cliengo-trial.ts";
import type { CliengoTrial } from "./cliengo-trial.ts";

// Windows of about a day, and days that have to be cut by times of day, at a size that takes seconds.
const busy: SimulatorOptions = { contacts: 900, conversations: 0, years: 0.025, bursts: [], ceiling: 70 };
const windows: CliengoSourceOptions<CliengoResourceName> = {
  resources: ["contacts"],
  offsetCeiling: 70,
  retry: { baseDelay: 1, maxDelay: 2, maxAttempts: 2 },
};

async function loaded({ database }: CliengoTrial): Promise<Set<string>> {
  return new Set((await database.query("SELECT id FROM cliengo_data.contacts")).map(({ id }) => String(id)));
}

/** The spans that a run asked for, in the order of their first pages. */
function spansAsked({ simulator }: CliengoTrial, from: number): string[] {
  const asked = simulator.requests
    .all({ path: "/contacts", where: ({ number, query }) => number > from && query["limit"] === "50" })
    .map(({ query }) => `${query["since"] ?? ""}..${query["until"] ?? ""}`);
  return [...new Set(asked)];
}

function isPageOf(span: string): RequestMatch {
  const [since = "", until = ""] = span.split("..");
  return {
    path: "/contacts",
    where: ({ query }) => query["limit"] === "50" && query["since"] === since && (query["until"] ?? "") === until,
  };
}

describe("windows of contacts", () => {
  it.each([
    ["bare days", { timeOfDay: "refused", contacts: 500 }],
    ["times of day", {}],
    ["`until` that includes its day", { until: "inclusive" }],
    ["a zone far from Greenwich", { dateZone: "+14:00" }],
  ] satisfies [string, SimulatorOptions][])(
    "of which any one failed are all read by the next runs: %s",
    { timeout: 240_000 },
    async (_what, options) => {
      const simulator = { ...busy, ...options };
      const source = { ...windows, since: "2024-12-26", trailingDays: 0, sweepWindows: 0 };
      await using untroubled = await openTrial({ simulator });
      await untroubled.run({ source });
      const all = await loaded(untroubled);
      expect(all.size).toBeGreaterThan(200);
      for (const span of spansAsked(untroubled, 0).slice(-2)) {
        await using trial = await openTrial({ simulator });
        const { faults } = trial.simulator;
        const fault = faults.add({ kind: "status", status: 500, match: isPageOf(span), times: 1e6 });
        await failureOf(trial.run({ source }));
        expect(fault.hits).toBeGreaterThan(0);
        faults.clear();
        await trial.run({ source });
        const ids = await loaded(trial);
        expect(
          [...all].filter((id) => !ids.has(id)),
          span,
        ).toEqual([]);
      }
    },
  );

  it("are read again in turn, however narrow they are", { timeout: 120_000 }, async () => {
    await using trial = await openTrial({ simulator: busy });
    const source = { ...windows, trailingDays: 2, sweepWindows: 2 };
    const first = await trial.run({ source });
    const { requests } = trial.simulator;
    const swept = new Set<string>();
    const runs = first.resources["contacts"]?.partitions.read ?? 0;
    for (let run = 0; run < runs / 2; run += 1) {
      const before = requests.count;
      const { resources } = await trial.run({ source });
      expect(resources["contacts"]?.completeness).toMatchObject({ rows: "proved", expected: 900, read: 900 });
      for (const span of spansAsked(trial, before)) swept.add(span);
    }
    expect([...swept].toSorted()).toEqual(spansAsked(trial, 0).toSorted());
  });

  it("hold each contact once, whatever `until` means, and their counts add up", { timeout: 60_000 }, async () => {
    for (const until of ["exclusive", "inclusive"] as const) {
      await using trial = await openTrial({ simulator: { ...busy, until } });
      for (const trailingDays of [7, 3, 0]) {
        const { resources } = await trial.run({ source: { ...windows, trailingDays, sweepWindows: 3 } });
        expect(resources["contacts"]?.completeness).toMatchObject({ rows: "proved", expected: 900, read: 900 });
      }
    }
  });

  it("are cut where Cliengo answers bare arrays, which count nothing", { timeout: 60_000 }, async () => {
    await using trial = await openTrial({ simulator: { ...busy, contacts: 400, years: 0.1, envelope: "array" } });
    const { resources } = await trial.run({ source: windows });
    expect(await loaded(trial)).toEqual(new Set(trial.simulator.model.contacts.ids()));
    expect(resources["contacts"]?.completeness).toMatchObject({ rows: "unproved" });
  });

  it("are not proved to hold all contacts when Cliengo counts more", { timeout: 60_000 }, async () => {
    await using trial = await openTrial({ simulator: busy });
    const match: RequestMatch = { path: "/contacts", where: ({ query }) => !("since" in query || "until" in query) };
    trial.simulator.faults.add({ kind: "wrong-total", total: (total) => total + 10, match, times: 1e6 });
    for (let run = 0; run < 2; run += 1) {
      const { resources } = await trial.run({ source: windows });
      expect(resources["contacts"]?.completeness).toMatchObject({ rows: "unproved", expected: 910, read: 900 });
    }
  });

  it("show edits of the trailing days at once, and older ones when their turn comes", { timeout: 60_000 }, async () => {
    await using trial = await openTrial({ simulator: busy });
    const { contacts } = trial.simulator.model;
    const source = { ...windows, trailingDays: 2, sweepWindows: 0 };
    await trial.run({ source });
    const created = (id: string): number => contacts.createdOf(id) ?? 0;
    const dayOf = (text: string): number => Date.parse(`2024-12-${text}T12:00:00Z`);
    const recent = [...contacts.ids()].find((id) => created(id) < dayOf("31")) ?? "";
    const old = [...contacts.ids()].find((id) => created(id) < dayOf("25")) ?? "";
    for (const id of [recent, old]) contacts.edit(id, (contact) => ({ ...contact, name: "Edited" }));
    const edited = async (): Promise<unknown> =>
      (await trial.database.query("SELECT id FROM cliengo_data.contacts WHERE name = 'Edited'")).map(({ id }) => id);
    const { resources } = await trial.run({ source });
    expect(await edited()).toEqual([recent]);
    expect(Date.parse(resources["contacts"]?.completeness.freshness ?? "")).toBeGreaterThan(created(old));
    for (let run = 0; run < 4; run += 1) await trial.run({ source: { ...source, sweepWindows: 3 } });
    expect(await edited()).toEqual(expect.arrayContaining([recent, old]));
  });

  it("that were unproved are read again by the next run, once", { timeout: 60_000 }, async () => {
    await using trial = await openTrial({ simulator: busy });
    const { faults, requests } = trial.simulator;
    const source = { ...windows, trailingDays: 0, sweepWindows: 0 };
    const match: RequestMatch = { path: "/contacts", where: ({ query }) => query["limit"] === "50" };
    faults.add({ kind: "wrong-total", total: (total) => total + 1, match, times: 1e6 });
    const asked = async (): Promise<number> => {
      const before = requests.count;
      await trial.run({ source });
      return requests.count - before;
    };
    const [first, second, third] = [await asked(), await asked(), await asked()];
    expect(second).toBeGreaterThan(first * 0.8);
    expect(third).toBeLessThan(first / 2);
  });
});
