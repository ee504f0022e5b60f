import {
  type CliengoSimulator,
  type Fault,
  type SimulatorOptions,
  startCliengoSimulator,
} from "@typeload/cliengo-simulator";
import { describe, expect, onTestFinished, test } from "vitest";
import { client } from "./client.ts";

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
