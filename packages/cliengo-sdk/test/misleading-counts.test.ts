import { expect, test } from "vitest";
import { Cliengo, OffsetCeilingError } from "@typeload/cliengo-sdk";
import { apiKey, failureOf } from "./client.ts";
import { contactApi, contactsByDay, type ModelContact } from "./contact-model.ts";
import { collect } from "./collect.ts";

const contacts = contactsByDay(
  "2026-05-31",
  Array.from({ length: 300 }, () => 10),
);

test.each([
  ["both dates", /(since|until)=[^&]*&?/g],
  ["`since`", /since=[^&]*&?/g],
  ["`until`", /until=[^&]*&?/g],
])("an API that ignores %s ends the search at once: what is left is one window", async (_, ignored) => {
  for (const counts of [true, false]) {
    const { fetch, requests } = contactApi(contacts, { until: "exclusive" });
    const cliengo = new Cliengo({
      apiKey,
      rateLimit: false,
      async fetch(url, init) {
        const answer = await fetch(url.replace(ignored, ""), init);
        // The test's own API.
        return counts ? answer : Response.json(((await answer.json()) as { results: ModelContact[] }).results);
      },
    });
    const windows = await collect(cliengo.contacts.windows());
    expect(windows.at(-1)).toMatchObject({ since: undefined, readable: false });
    expect(windows.length).toBeLessThan(10);
    expect(requests.length).toBeLessThan(100);
    expect(await failureOf(collect(cliengo.contacts.list()))).toBeInstanceOf(OffsetCeilingError);
  }
});

test("totals that make no sense come to an end", async () => {
  let requests = 0;
  const cliengo = new Cliengo({
    apiKey,
    rateLimit: false,
    fetch(url) {
      requests++;
      const query = new URL(url).searchParams;
      const [since, until] = [query.get("since"), query.get("until")];
      const isEmpty = (since ?? "") > "2026-06-03" || (until ?? "9") < "1970";
      const total = isEmpty ? 0 : since === null && until === null ? 6000 : 3000;
      return Promise.resolve(
        Response.json(
          { paging: { total }, results: isEmpty ? [] : contactsByDay("2026-05-31", [1]) },
          { headers: { date: "Mon, 01 Jun 2026 12:00:00 GMT" } },
        ),
      );
    },
  });
  const windows = await collect(cliengo.contacts.windows());
  expect(windows.at(-1)).toMatchObject({ since: undefined, readable: false });
  expect(windows.length).toBeLessThan(300);
  expect(requests).toBeLessThan(5000);
});
