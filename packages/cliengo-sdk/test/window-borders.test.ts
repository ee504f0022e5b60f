import { expect, test } from "vitest";
import { contactsByDay } from "./contact-model.ts";
import { collect, idsOf } from "./collect.ts";
import { openModel } from "./model-client.ts";

test("days of imports, without a time of day, prove nothing about the days before them", async () => {
  // Where `until` is an instant, two such days add up as if `until` included its day.
  const contacts = contactsByDay("2026-05-28", Array(80).fill(60));
  for (const day of ["2026-05-29", "2026-05-30"])
    for (let index = 0; index < 600; index++)
      contacts.push({ id: `${day} ${index}`, creationDate: `${day}T00:00:00Z` });
  const { cliengo } = openModel(contacts, { until: "instant" });
  expect(idsOf(await collect(cliengo.contacts.list()))).toEqual(idsOf(contacts));
});

test("an `until` with a time of day is kept, wherever the account's days begin", async () => {
  const contacts = contactsByDay("2026-05-31", [300, 3000, 300]);
  const until = "2026-05-31T05:00:00.000Z";
  for (const dayBegins of [-12, 0, 11]) {
    const { cliengo } = openModel(contacts, { until: "inclusive", dayBegins });
    const read = await collect(cliengo.contacts.list({ until }));
    expect(idsOf(read)).toEqual(idsOf(contacts.filter(({ creationDate }) => creationDate <= until)));
  }
});
