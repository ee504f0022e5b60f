import { describe, expect, test } from "vitest";
import { Cliengo, type ContactWindow, isCliengoError, OffsetCeilingError } from "@typeload/cliengo-sdk";
import { apiKey, failureOf } from "./client.ts";
import { contactApi, contactsByDay, type ModelContact } from "./contact-model.ts";
import { collect, idsOf } from "./collect.ts";
import { openModel } from "./model-client.ts";

const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** 5,400 contacts over four years: many, few, none for a year, one full day. */
function unevenContacts(): ModelContact[] {
  const days: number[] = [];
  for (let day = 0; day < 60; day++) days.push(40);
  for (let day = 60; day < 400; day++) days.push(day % 3);
  for (let day = 400; day < 765; day++) days.push(0);
  days.push(950);
  for (let day = 766; day < 1400; day++) days.push(day % 2 === 0 ? 5 : 1);
  return contactsByDay("2026-05-31", days);
}

/** Every contact that the windows reach, read as a loader does. */
async function readWindows(cliengo: Cliengo, windows: readonly ContactWindow[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { since, until } of windows) {
    for await (const page of cliengo.contacts.list({ since, until }).rawPages()) ids.push(...(page.ids ?? []));
  }
  return ids;
}

describe.each(["exclusive", "inclusive"] as const)("`until` is %s", (until) => {
  test("iterating gives each of thousands of contacts once, newest first", async () => {
    const contacts = unevenContacts();
    expect(contacts.length).toBeGreaterThan(5000);
    const { cliengo, requests } = openModel(contacts, { until });
    const read = await collect(cliengo.contacts.list());
    expect(idsOf(read)).toEqual(idsOf(contacts));
    const dates = read.map(({ creationDate }) => creationDate ?? "");
    expect(dates).toEqual(dates.toSorted().reverse());
    for (const query of requests) expect(Number(query.get("offset"))).toBeLessThanOrEqual(1000);
    // The pages of each window, and a few probes for it.
    expect(requests.length).toBeLessThan(contacts.length / 50 + 60);
  });

  test("windows are closed, in reach and without gaps; they share the days on which they meet", async () => {
    const contacts = unevenContacts();
    const { cliengo, requests } = openModel(contacts, { until });
    const windows = await collect(cliengo.contacts.windows());
    expect(requests.length).toBeLessThan(40);
    expect(windows.length).toBeGreaterThanOrEqual(6);
    for (const window of windows) {
      expect(window.total).toBeLessThanOrEqual(1000);
      expect(window.readable).toBe(true);
    }
    expect(windows[0]).toMatchObject({ until: undefined, closed: false });
    expect(windows.at(-1)).toMatchObject({ since: undefined, closed: true });
    for (let index = 1; index < windows.length; index++) {
      expect(windows[index]?.until).toBe(windows[index - 1]?.since);
      expect(windows[index]?.closed).toBe(true);
    }
    expect(idsOf([...new Set(await readWindows(cliengo, windows))].map((id) => ({ id })))).toEqual(idsOf(contacts));
  });

  test("within bounds of one's own", async () => {
    const contacts = unevenContacts();
    const { cliengo } = openModel(contacts, { until });
    const read = await collect(cliengo.contacts.list({ since: "2022-09-01", until: "2025-01-01" }));
    const expected = contacts.filter(
      ({ creationDate: date }) => date >= "2022-09-01" && date < (until === "inclusive" ? "2025-01-02" : "2025-01-01"),
    );
    expect(expected.length).toBeGreaterThan(1050);
    expect(idsOf(read)).toEqual(idsOf(expected));
  });

  test.each(["used", "ignored", "refused"] as const)("days of 700 contacts, times of day %s", async (timeOfDay) => {
    const contacts = contactsByDay("2026-05-31", [300, 700, 700, 700, 0, 700, 50]);
    const { cliengo } = openModel(contacts, { until, timeOfDay });
    const windows = await collect(cliengo.contacts.windows());
    expect(windows.every(({ readable }) => readable)).toBe(true);
    expect(idsOf(await collect(cliengo.contacts.list()))).toEqual(idsOf(contacts));
  });

  test("a day of 5,000 contacts is cut by times of day where the API understands them", async () => {
    const contacts = contactsByDay("2026-05-31", [300, 5000, 300, 10]);
    const { cliengo, requests } = openModel(contacts, { until });
    const windows = await collect(cliengo.contacts.windows());
    expect(windows.every(({ readable }) => readable)).toBe(true);
    expect(windows.some(({ since }) => since?.includes("T"))).toBe(true);
    expect(requests.length).toBeLessThan(50);
    expect(idsOf(await collect(cliengo.contacts.list()))).toEqual(idsOf(contacts));
  });

  test.each([403, 404, 422, 500])(
    "times of day refused with %i leave the day unreadable, nothing else",
    async (status) => {
      const { fetch } = contactApi(contactsByDay("2026-05-31", [300, 3000, 300, 10]), { until });
      const cliengo = new Cliengo({
        apiKey,
        rateLimit: false,
        retry: { baseDelay: 0 },
        fetch: (url, init) =>
          /(?:since|until)=[^&]*T/.test(url) ? Promise.resolve(new Response("", { status })) : fetch(url, init),
      });
      const windows = await collect(cliengo.contacts.windows());
      expect(windows.filter(({ readable }) => !readable)).toHaveLength(1);
      expect(windows.at(-1)?.since).toBeUndefined();
    },
  );

  test("thousands imported within minutes", async () => {
    const contacts = contactsByDay("2026-05-31", [20, 3000, 20], 0.1);
    const { cliengo } = openModel(contacts, { until });
    expect(idsOf(await collect(cliengo.contacts.list()))).toEqual(idsOf(contacts));
  });

  test.each(["ignored", "refused", "halfway"] as const)(
    "a day of 5,000 stays unreadable where times are %s",
    async (timeOfDay) => {
      const contacts = contactsByDay("2026-05-31", [300, 5000, 300, 10, 4000, 7]);
      const { cliengo, requests } = openModel(contacts, { until, timeOfDay });
      const windows = await collect(cliengo.contacts.windows());
      const crowded = windows.filter(({ readable }) => !readable);
      expect(crowded.map(({ total }) => total)).toEqual([5000, 4000]);
      expect(requests.length).toBeLessThan(60);
      // The others are complete.
      const readable = windows.filter((window) => window.readable);
      const ids = new Set(await readWindows(cliengo, readable));
      expect(contacts.filter(({ id }) => !/^c-[14]-/.test(id) && !ids.has(id))).toEqual([]);

      const read: string[] = [];
      const error = await failureOf(
        (async () => {
          for await (const { id } of cliengo.contacts.list()) read.push(id);
        })(),
      );
      expect(error).toBeInstanceOf(OffsetCeilingError);
      expect(error).toMatchObject({
        code: "ERR_CLIENGO_OFFSET_CEILING",
        total: 5000,
        reached: read.length,
        since: "2026-05-30",
      });
      expect(read.length).toBeGreaterThanOrEqual(300);
    },
  );

  test("thousands of one instant stay unreadable, what surrounds them does not", async () => {
    const contacts = contactsByDay("2026-05-31", [5, 5, 5]);
    for (let index = 0; index < 1500; index++)
      contacts.push({ id: `same-${index}`, creationDate: "2026-05-30T10:00:00.000Z" });
    const { cliengo } = openModel(contacts, { until });
    const windows = await collect(cliengo.contacts.windows());
    expect(windows.filter(({ readable }) => !readable)).toHaveLength(1);
    const ids = new Set(await readWindows(cliengo, windows));
    expect(contacts.filter(({ id }) => !/^(?:same|c-1)-/.test(id) && !ids.has(id))).toEqual([]);
  });
});

describe("one window is enough", () => {
  const few = contactsByDay("2026-05-31", [500, 400, 100]);

  test("where everything is in reach: one probe", async () => {
    const { cliengo, requests } = openModel(few, { until: "exclusive" });
    expect(await collect(cliengo.contacts.windows())).toEqual([
      { since: undefined, until: undefined, total: 1000, readable: true, closed: false, includesUntil: false },
    ]);
    expect(requests).toHaveLength(1);
  });

  test("with the caller's bounds and filters", async () => {
    const { cliengo, requests } = openModel(few, { until: "exclusive" });
    const windows = await collect(
      cliengo.contacts.windows({ since: "2026-05-29", until: "2026-05-30", status: "NEW" }),
    );
    expect(windows).toEqual([
      { since: "2026-05-29", until: "2026-05-30", total: 100, readable: true, closed: true, includesUntil: false },
    ]);
    expect(requests.map((query) => query.get("status"))).toEqual(["NEW"]);
  });

  test("where the API does not count", async () => {
    const cliengo = new Cliengo({ apiKey, fetch: () => Promise.resolve(Response.json({ results: [] })) });
    expect(await collect(cliengo.contacts.windows())).toMatchObject([{ total: undefined, readable: true }]);
  });

  test("where the ceiling is switched off", async () => {
    const { fetch } = contactApi(contactsByDay("2026-05-31", [3000]), { until: "exclusive" });
    const cliengo = new Cliengo({ apiKey, fetch, offsetCeiling: false });
    expect(await collect(cliengo.contacts.windows())).toMatchObject([{ total: 3000, readable: true }]);
  });
});

test("contacts that no window holds are missed by name, at the end", async () => {
  const contacts = unevenContacts();
  const { fetch } = contactApi(contacts, { until: "exclusive" });
  // An API that leaves out the first day of every window.
  const cliengo = new Cliengo({
    apiKey,
    rateLimit: false,
    fetch: (url, init) =>
      fetch(
        url.replace(/since=([\d-]+)/, (_, day) => `since=${nextDay(day)}`),
        init,
      ),
  });
  const read: string[] = [];
  const error = await failureOf(
    (async () => {
      for await (const { id } of cliengo.contacts.list()) read.push(id);
    })(),
  );
  expect(error).toMatchObject({ code: "ERR_CLIENGO_INCOMPLETE_LIST", read: read.length, total: contacts.length });
  expect(read.length).toBeLessThan(contacts.length);
});

test("contacts that are deleted meanwhile, or counted although no list shows them, are no failure", async () => {
  const contacts = unevenContacts();
  const { fetch } = contactApi(contacts, { until: "exclusive" });
  const isGone = (id: string): boolean => id.endsWith("7");
  const cliengo = new Cliengo({
    apiKey,
    rateLimit: false,
    async fetch(url, init) {
      // The test's own API.
      const body = (await (await fetch(url, init)).json()) as { results: ModelContact[] };
      return Response.json({ ...body, results: body.results.filter(({ id }) => !isGone(id)) });
    },
  });
  // Pages advance by what was received, so that some come twice; all that are shown come.
  expect(idsOf(await collect(cliengo.contacts.list()))).toEqual(idsOf(contacts.filter(({ id }) => !isGone(id))));
});

test("iterating asks for no window where `maxItems` is in reach", async () => {
  const { cliengo, requests } = openModel(unevenContacts(), { until: "exclusive" });
  expect(await collect(cliengo.contacts.list({ maxItems: 120 }))).toHaveLength(120);
  expect(requests.map((query) => query.get("since"))).toEqual([null, null, null]);
  expect(await collect(cliengo.contacts.list({ maxItems: 1100 }))).toHaveLength(1100);
});

test("awaiting and `pages()` stay raw: the API's own refusal is what ends them", async () => {
  const { cliengo, requests } = openModel(unevenContacts(), { until: "exclusive" });
  const first = await cliengo.contacts.list();
  expect(first).toMatchObject({ total: unevenContacts().length, hasNext: true, offset: 0, limit: 50 });
  let pages = 0;
  const error: unknown = await (async () => {
    for await (const page of cliengo.contacts.list().pages()) pages += page.items.length === 50 ? 1 : 0;
  })().catch((reason: unknown) => reason);
  expect(isCliengoError(error) && error.code).toBe("ERR_CLIENGO_OFFSET_CEILING");
  expect(error).toMatchObject({ status: 400, reached: 1050 });
  expect(pages).toBe(21);
  expect(requests.at(-1)?.get("offset")).toBe("1050");
});

test("the signal stops the search for windows", async () => {
  const { cliengo } = openModel(unevenContacts(), { until: "exclusive" });
  const controller = new AbortController();
  const seen: ContactWindow[] = [];
  const error = await failureOf(
    (async () => {
      for await (const window of cliengo.contacts.windows({ signal: controller.signal })) {
        seen.push(window);
        controller.abort(new Error("enough"));
      }
    })(),
  );
  expect(error.code).toBe("ERR_CLIENGO_ABORTED");
  expect(seen).toHaveLength(1);
});

test("a bound that is no date is refused before it can mislead the search", async () => {
  const contacts = contactsByDay("2026-05-31", [3000]);
  const { fetch } = contactApi(contacts, { until: "exclusive" });
  // The API of this test ignores bounds that it does not understand, as some do.
  const cliengo = new Cliengo({ apiKey, fetch: (url, init) => fetch(url.replace(/since=[^&]*/, ""), init) });
  const error = await failureOf(collect(cliengo.contacts.windows({ since: "last week" })));
  expect(error.code).toBe("ERR_CLIENGO_CONFIGURATION");
});
