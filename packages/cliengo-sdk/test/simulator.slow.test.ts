import {
  type CliengoSimulator,
  type Fault,
  type SimulatorOptions,
  startCliengoSimulator,
} from "@typeload/cliengo-simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { client, failureOf } from "./client.ts";

async function open(options: SimulatorOptions) {
  const simulator = await startCliengoSimulator({ seed: 5, conversations: 0, ...options });
  onTestFinished(() => simulator.close());
  return { simulator, cliengo: client({ apiKey: simulator.apiKey, baseUrl: simulator.url }) };
}

const idsOfModel = ({ model }: CliengoSimulator): string[] => [...model.contacts].map(({ id }) => id).toSorted();

async function idsOf(contacts: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of contacts) ids.push(id);
  return ids.toSorted();
}

describe("5,000 contacts, past the ceiling", () => {
  test.each([
    ["until exclusive", {}],
    ["until inclusive", { until: "inclusive" }],
    ["days of another zone", { dateZone: "-03:00", until: "inclusive" }],
    ["days of an eastern zone", { dateZone: "+12:00" }],
    ["contacts under their own name", { envelope: "named" }],
  ] satisfies [string, SimulatorOptions][])("%s", async (_, options) => {
    const { simulator, cliengo } = await open({ contacts: 5000, ...options });
    expect(await idsOf(cliengo.contacts.list({ limit: 100 }))).toEqual(idsOfModel(simulator));
  });

  test.each(["used", "ignored", "refused"] as const)("a crowded day, times of day %s", async (timeOfDay) => {
    const { simulator, cliengo } = await open({ contacts: 5000, timeOfDay });
    const windows: { readable: boolean; total: number | undefined }[] = [];
    for await (const window of cliengo.contacts.windows()) windows.push(window);
    const ids = new Set<string>();
    for await (const { since, until } of cliengo.contacts.windows()) {
      for await (const page of cliengo.contacts.list({ since, until, limit: 100 }).rawPages())
        for (const id of page.ids ?? []) ids.add(id);
    }
    expect(windows.every(({ readable }) => readable)).toBe(true);
    expect([...ids].toSorted()).toEqual(idsOfModel(simulator));
  });
});

const faults: Fault[] = [
  { kind: "status", status: 503 },
  { kind: "status", status: 429, retryAfter: 0 },
  { kind: "reset" },
  { kind: "reset", afterBytes: 300 },
  { kind: "cut-body" },
  { kind: "html" },
  { kind: "wrong-json", as: "cut" },
  { kind: "wrong-json", as: "trailing" },
  { kind: "wrong-json", as: "nan" },
  { kind: "bad-gzip" },
  { kind: "slow-body", bytesPerChunk: 4000, millisecondsPerChunk: 1 },
  { kind: "duplicate-rows" },
];

test.each(faults)("a page in the middle that meets $kind ($as) is read all the same", async (fault) => {
  const { simulator, cliengo } = await open({ contacts: 255 });
  const scripted = simulator.faults.add({ ...fault, match: { path: "/contacts", offset: 100 } });
  expect(await idsOf(cliengo.contacts.list())).toEqual(idsOfModel(simulator));
  expect(scripted.hits).toBe(1);
});

test("a storm of all of them: every contact comes once", async () => {
  const { simulator, cliengo } = await open({ contacts: 1800 });
  const storm = simulator.faults.storm({ faults: [{ kind: "reset" }, ...faults], rate: 0.3 });
  expect(await idsOf(cliengo.contacts.list({ limit: 20 }))).toEqual(idsOfModel(simulator));
  expect(storm.hits).toBeGreaterThan(20);
});

test.each([
  ["more", (total: number) => total + 40],
  ["fewer", (total: number) => total - 40],
  ["none", () => 0],
])("a total that promises %s than there is loses nothing", async (_, total) => {
  const { simulator, cliengo } = await open({ contacts: 255 });
  simulator.faults.add({ kind: "wrong-total", total, times: Infinity });
  expect(await idsOf(cliengo.contacts.list())).toEqual(idsOfModel(simulator));
});

describe("1,500 contacts", () => {
  test("in bare arrays, which count nothing: each comes once", async () => {
    const { simulator, cliengo } = await open({ contacts: 1500, envelope: "array" });
    expect(await idsOf(cliengo.contacts.list())).toEqual(idsOfModel(simulator));
    expect(simulator.requests.count).toBeLessThan(200);
    expect(await cliengo.contacts.list().toArray({ max: 1100 })).toHaveLength(1100);
  });

  test.each([60, 0, 1500])("and a total that is always %i: each comes once", async (total) => {
    const { simulator, cliengo } = await open({ contacts: 1500 });
    simulator.faults.add({ kind: "wrong-total", total, times: Infinity });
    expect(await idsOf(cliengo.contacts.list())).toEqual(idsOfModel(simulator));
    expect(simulator.requests.count).toBeLessThan(250);
  });

  test("windows without trust in the total", async () => {
    const { simulator, cliengo } = await open({ contacts: 1500 });
    simulator.faults.add({ kind: "wrong-total", total: 60, times: Infinity });
    const totals: (number | undefined)[] = [];
    for await (const { total, readable } of cliengo.contacts.windows({ trustTotal: false })) {
      expect(readable).toBe(true);
      totals.push(total);
    }
    expect(totals.reduce((sum: number, total) => sum + (total ?? 0), 0)).toBe(1500);
  });
});

test("a total that is always 5,000, of 130 contacts: all come, then an error says that more were counted", async () => {
  const { simulator, cliengo } = await open({ contacts: 130 });
  simulator.faults.add({ kind: "wrong-total", total: 5000, times: Infinity });
  const ids: string[] = [];
  const error = await failureOf(
    (async () => {
      for await (const { id } of cliengo.contacts.list()) ids.push(id);
    })(),
  );
  expect(error).toMatchObject({ code: "ERR_CLIENGO_INCOMPLETE_LIST", read: 130, total: 5000 });
  expect(ids.toSorted()).toEqual(idsOfModel(simulator));
  expect(simulator.requests.count).toBeLessThan(60);
});
