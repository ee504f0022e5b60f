import { expect, it } from "vitest";
import { cliengoSource } from "@typeload/source-cliengo";
import type { PlanContext } from "@typeload/core";
import { Cliengo } from "@typeload/cliengo-sdk";

const dayLength = 86_400_000;
const lastDay = Date.parse("2026-05-30");

interface Row {
  readonly id: string;
  readonly creationDate: string;
}

/** 600 contacts without a time of day on each of the last two days, 60 a day spread over the 80 days before. */
function importedContacts(): Row[] {
  const rows: Row[] = [];
  for (let back = 0; back < 82; back++) {
    for (let index = 0; index < (back < 2 ? 600 : 60); index++) {
      const instant = lastDay - back * dayLength + (back < 2 ? 0 : (index + 1) * 60_000);
      rows.push({ id: `${back}-${index}`, creationDate: new Date(instant).toISOString() });
    }
  }
  return rows;
}

function rowsBetween(rows: readonly Row[], since: string | null, until: string | null): Row[] {
  const [from, to] = [Date.parse(since ?? "1970-01-01"), Date.parse(until ?? "2100-01-01")];
  return rows.filter(({ creationDate }) => Date.parse(creationDate) >= from && Date.parse(creationDate) <= to);
}

/** Contacts of an account whose API takes both bounds for instants. */
function clientOf(rows: readonly Row[]): Cliengo {
  return new Cliengo({
    apiKey: "0badc0de-0000-4000-8000-c0ffee000001",
    rateLimit: false,
    fetch: (url) => {
      const query = new URL(url).searchParams;
      const offset = Number(query.get("offset"));
      if (offset > 1000) return Promise.resolve(new Response("offset", { status: 400 }));
      const found = rowsBetween(rows, query.get("since"), query.get("until"));
      const results = found.slice(offset, offset + Number(query.get("limit")));
      return Promise.resolve(
        Response.json(
          { paging: { offset, total: found.length }, results },
          { headers: { date: "Tue, 02 Jun 2026 12:00:00 GMT" } },
        ),
      );
    },
  });
}

it("plans windows that hold every contact, also where `until` ends with the first instant of its day", async () => {
  const rows = importedContacts();
  const source = cliengoSource({ client: clientOf(rows), resources: ["contacts"] });
  const context: PlanContext = {
    committed: () => [],
    async *parents() {},
    planned: () => [],
    cursor: { startValue: undefined, lastValue: undefined, initialValue: undefined, endValue: undefined },
    selected: new Set(["contacts"]),
    now: new Date("2026-06-02T12:00:00Z"),
    signal: new AbortController().signal,
  };
  const held = new Set<Row>();
  for await (const { data } of source.resources[0]?.partitions?.(context) ?? []) {
    // What the source itself puts there; it is JSON.
    const { parts } = data as { parts: Record<"since" | "until", string | null>[] };
    for (const { since, until } of parts) for (const row of rowsBetween(rows, since, until)) held.add(row);
  }
  expect(rows.filter((row) => !held.has(row))).toEqual([]);
});
