import { startCliengoSimulator, type CliengoSimulator, type SimulatorOptions } from "@typeload/cliengo-simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { address, getPage } from "./client.ts";

const data: SimulatorOptions = {
  seed: 2,
  contacts: 400,
  bursts: [
    { at: "2026-03-10T10:00:00Z", records: 60, seconds: 3600 },
    { at: "2026-04-01", records: 12, seconds: 0 },
  ],
};

let simulator: CliengoSimulator;
beforeAll(async () => {
  simulator = await startCliengoSimulator(data);
});
afterAll(() => simulator.close());

/** The ids that a query answers, all pages. */
async function ids(from: CliengoSimulator, query: string): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const page = await getPage(from, `/contacts?${query}&limit=100&offset=${found.length}`);
    found.push(...page.results.map(({ id }) => id));
    if (page.results.length === 0 || found.length === page.paging.total) return found;
  }
}

/** The ids that the records themselves say. */
function expected(passes: (created: number) => boolean): string[] {
  return [...simulator.model.contacts]
    .filter((contact) => passes(Date.parse(contact.creationDate)))
    .map(({ id }) => id);
}

test("since and until cut by creation date, until exclusive", async () => {
  const [since, until] = ["2026-02-01", "2026-04-01"];
  const wanted = expected((created) => created >= Date.parse(since) && created < Date.parse(until));
  expect(wanted.length).toBeGreaterThan(60);
  expect(await ids(simulator, `since=${since}&until=${until}`)).toEqual(wanted);
  expect(await ids(simulator, `since=${until}`)).toEqual(expected((created) => created >= Date.parse(until)));
  expect(await ids(simulator, `until=${since}`)).toEqual(expected((created) => created < Date.parse(since)));
  expect(await ids(simulator, "since=2030-01-01")).toEqual([]);
  expect(await ids(simulator, `since=${until}&until=${since}`)).toEqual([]);
});

test("a day too full can be cut by the time of day", async () => {
  const day = await ids(simulator, "since=2026-03-10&until=2026-03-11");
  const first = await ids(simulator, "since=2026-03-10&until=2026-03-10T10:30:00Z");
  const rest = await ids(simulator, `since=${encodeURIComponent("2026-03-10T11:30:00+01:00")}&until=2026-03-11`);
  expect(day.length).toBeGreaterThanOrEqual(60);
  expect(first.length).toBeGreaterThan(5);
  expect([...rest, ...first]).toEqual(day);
});

test("a burst of one instant cannot be cut", async () => {
  const instant = "2026-04-01T00:00:00.000Z";
  expect((await ids(simulator, `since=${instant}&until=2026-04-01T00:00:00.001Z`)).length).toBeGreaterThanOrEqual(12);
});

test("until can include the day, or the instant, that it names", async () => {
  await using inclusive = await startCliengoSimulator({ ...data, until: "inclusive" });
  expect(await ids(inclusive, "until=2026-03-10")).toEqual(await ids(simulator, "until=2026-03-11"));
  expect(await ids(inclusive, "until=2026-04-01T00:00:00Z")).toEqual(
    expected((created) => created <= Date.parse("2026-04-01T00:00:00Z")),
  );
});

test("times of day can be dropped or refused", async () => {
  await using ignored = await startCliengoSimulator({ ...data, timeOfDay: "ignored" });
  expect(await ids(ignored, "since=2026-03-10T10:30:00Z")).toEqual(await ids(simulator, "since=2026-03-10"));
  await using refused = await startCliengoSimulator({ ...data, timeOfDay: "refused" });
  expect((await fetch(address(refused, "/contacts?since=2026-03-10T10:30:00Z"))).status).toBe(400);
  expect((await fetch(address(refused, "/contacts?since=2026-03-10"))).status).toBe(200);
});

test.each(["since=2026-02-30", "until=2026-02-29", "since=2026-04-31T10:00:00Z", "until=2026-13-01"])(
  "a day that no calendar has is refused: %s",
  async (query) => {
    const answer = await fetch(address(simulator, `/contacts?${query}`));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: "invalid_date" });
  },
);

test("bare dates can be those of the account's zone", async () => {
  await using argentine = await startCliengoSimulator({ ...data, dateZone: "-03:00" });
  expect(await ids(argentine, "since=2026-03-10&until=2026-03-11")).toEqual(
    await ids(simulator, "since=2026-03-10T03:00:00Z&until=2026-03-11T03:00:00Z"),
  );
});

test.for([
  "since=yesterday",
  "since=2026-13-01",
  "until=2026-01-01T00:00:00",
  "since=2026-01-01T00:00:00+00:00",
  "until=1767225600000",
])("%s is refused", async (query) => {
  expect((await fetch(address(simulator, `/contacts?${query}`))).status).toBe(400);
});

test("contacts are filtered by status, site, assignee and text, with the total of the whole filter", async () => {
  const { contacts } = simulator.model;
  const all = [...contacts];
  const site = simulator.model.sites.idAt(1) ?? "";
  const user = simulator.model.users.idAt(2) ?? "";
  const pick = (passes: (contact: (typeof all)[number]) => boolean): string[] => all.filter(passes).map(({ id }) => id);
  const assignee = (contact: (typeof all)[number]): unknown =>
    typeof contact.assignedTo === "object" ? contact.assignedTo?.id : contact.assignedTo;

  expect(await ids(simulator, "status=new")).toEqual(pick(({ status }) => status === "NEW"));
  expect(await ids(simulator, `websiteId=${site}`)).toEqual(pick(({ websiteId }) => websiteId === site));
  expect(await ids(simulator, `assignedTo=${user}`)).toEqual(pick((contact) => assignee(contact) === user));
  expect(await ids(simulator, "query=garc%C3%ADa")).toEqual(
    pick(({ lastName, message }) => `${lastName} ${message}`.includes("García")),
  );
  const both = pick(
    (contact) => contact.websiteId === site && contact.status === "NEW" && contact.creationDate >= "2026",
  );
  expect(both.length).toBeGreaterThan(3);
  expect(await ids(simulator, `websiteId=${site}&status=NEW&since=2026-01-01`)).toEqual(both);
});

test("lastUpdated does nothing, unless told what it means", async () => {
  expect(await ids(simulator, "lastUpdated=2026-09-01")).toHaveLength(400);
  const updated = ({ lastUpdateDate }: { lastUpdateDate?: string | null }): number => Date.parse(lastUpdateDate ?? "");
  const [start, end] = [Date.parse("2026-04-01"), Date.parse("2026-04-02")];
  await using since = await startCliengoSimulator({ ...data, lastUpdated: "since" });
  await using on = await startCliengoSimulator({ ...data, lastUpdated: "on" });
  const all = [...simulator.model.contacts];
  expect(await ids(since, "lastUpdated=2026-04-01")).toEqual(
    all.filter((contact) => updated(contact) >= start).map(({ id }) => id),
  );
  const thatDay = all.filter((contact) => updated(contact) >= start && updated(contact) < end);
  expect(thatDay.length).toBeGreaterThan(0);
  expect(await ids(on, "lastUpdated=2026-04-01")).toEqual(thatDay.map(({ id }) => id));
});
