import { expect, test } from "vitest";
import { Cliengo } from "@typeload/cliengo-sdk";
import { apiKey } from "./client.ts";
import { contactApi, type ContactApiOptions, contactsByDay, type ModelContact } from "./contact-model.ts";

function open(contacts: readonly ModelContact[], options: ContactApiOptions) {
  const api = contactApi(contacts, options);
  return { ...api, cliengo: new Cliengo({ apiKey, fetch: api.fetch, rateLimit: false }) };
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const idsOf = (contacts: readonly { id: string }[]): string[] => contacts.map(({ id }) => id).toSorted();

test("days of imports, without a time of day, prove nothing about the days before them", async () => {
  // Where `until` is an instant, two such days add up as if `until` included its day.
  const contacts = contactsByDay("2026-05-28", Array(80).fill(60));
  for (const day of ["2026-05-29", "2026-05-30"])
    for (let index = 0; index < 600; index++)
      contacts.push({ id: `${day} ${index}`, creationDate: `${day}T00:00:00Z` });
  const { cliengo } = open(contacts, { until: "instant" });
  expect(idsOf(await collect(cliengo.contacts.list()))).toEqual(idsOf(contacts));
});

test("an `until` with a time of day is kept, wherever the account's days begin", async () => {
  const contacts = contactsByDay("2026-05-31", [300, 3000, 300]);
  const until = "2026-05-31T05:00:00.000Z";
  for (const dayBegins of [-12, 0, 11]) {
    const { cliengo } = open(contacts, { until: "inclusive", dayBegins });
    const read = await collect(cliengo.contacts.list({ until }));
    expect(idsOf(read)).toEqual(idsOf(contacts.filter(({ creationDate }) => creationDate <= until)));
  }
});
