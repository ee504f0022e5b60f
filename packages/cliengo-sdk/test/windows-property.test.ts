import fc from "fast-check";
import { expect, test } from "vitest";
import { Cliengo, type ContactWindow } from "@typeload/cliengo-sdk";
import { apiKey } from "./client.ts";
import {
  contactApi,
  type ContactApiOptions,
  contactsBetween,
  contactsByDay,
  type ModelContact,
} from "./contact-model.ts";

// The same search with a ceiling of 20 in place of 1000, so that a few hundred contacts are far beyond reach.
const ceiling = 20;

const options = fc.record({
  until: fc.constantFrom("inclusive", "exclusive", "instant"),
  timeOfDay: fc.constantFrom("used", "ignored", "refused", "halfway"),
  dayBegins: fc.constantFrom(-12, -3, 0, 3, 11),
}) satisfies fc.Arbitrary<ContactApiOptions>;

/** Days of nothing, a few, as many as fit, and far too many; some at one instant, some without a time, as imports are. */
const contacts = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 2, arbitrary: fc.constant(0) },
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 15, max: 25 }),
        fc.integer({ min: 50, max: 90 }),
      ),
      fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 300 })),
      fc.constantFrom<"midnight" | number | undefined>("midnight", "midnight", undefined, 0, 0.1, 60),
    ),
    { maxLength: 12 },
  )
  .map((days) => {
    let back = 0;
    return days.flatMap(([count, gap, secondsApart], index) => {
      back += index % 2 === 0 ? gap : 1;
      const day = new Date(Date.parse("2026-05-31") - back * 86_400_000).toISOString().slice(0, 10);
      return contactsByDay(day, [count], secondsApart === "midnight" ? 0 : secondsApart).map(
        ({ id, creationDate }) => ({
          id: `${day} ${id}`,
          creationDate: secondsApart === "midnight" ? `${day}T00:00:00.000Z` : creationDate,
        }),
      );
    });
  });

async function read(all: readonly ModelContact[], served: ContactApiOptions, since: string | undefined) {
  const { fetch, requests } = contactApi(all, { ...served, ceiling });
  const cliengo = new Cliengo({ apiKey, fetch, rateLimit: false, offsetCeiling: ceiling });
  const windows: ContactWindow[] = [];
  const ids = new Set<string>();
  for await (const window of cliengo.contacts.windows({ since })) windows.push(window);
  const probes = requests.length;
  for (const { since: from, until } of windows) {
    for await (const page of cliengo.contacts.list({ since: from, until, limit: 7 }).rawPages()) {
      for (const id of page.ids ?? []) ids.add(id);
    }
  }
  return { windows, probes, ids };
}

test("windows miss no contact that lies in one that can be read, and cost a bounded number of requests", async () => {
  await fc.assert(
    fc.asyncProperty(contacts, options, fc.constantFrom(undefined, "2025-03-01"), async (all, served, since) => {
      const { windows, probes, ids } = await read(all, served, since);
      const wanted = contactsBetween(all, since, undefined, served);
      const missing = wanted.filter(({ id }) => !ids.has(id));

      expect(probes).toBeLessThanOrEqual(12 + 14 * windows.length);
      const unread = windows.filter(({ readable }) => !readable);
      // What is missing was said to be out of reach: the API gives it in one of those windows.
      const saidToBeOut = new Set(unread.flatMap((window) => contactsBetween(all, window.since, window.until, served)));
      expect(missing.filter((contact) => !saidToBeOut.has(contact))).toEqual([]);
      for (const { readable, total } of windows) expect(readable).toBe((total ?? 0) <= ceiling);
      // With times of day only contacts of the same millisecond cannot be told apart.
      const crowd = Math.max(
        0,
        ...[...Map.groupBy(wanted, ({ creationDate }) => creationDate).values()].map((same) => same.length),
      );
      expect(served.timeOfDay === "used" && crowd <= ceiling ? unread : []).toEqual([]);
    }),
    { numRuns: 200, seed: 20260601 },
  );
});
