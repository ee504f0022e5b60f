import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { RawPage } from "@typeload/cliengo-sdk";
import { startApi } from "./api-server.ts";
import { client, failureOf } from "./client.ts";
import { collect } from "./collect.ts";

/** A client of an API with so many contacts, which may count others. */
function contactsApi(total: number, counted = total) {
  const fetch = (text: string) => {
    const query = new URL(text).searchParams;
    const offset = Number(query.get("offset"));
    const limit = Number(query.get("limit"));
    if (offset > 1000) return Promise.resolve(new Response("no", { status: 400 }));
    const results = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => ({
      id: `c${offset + index}`,
    }));
    return Promise.resolve(
      Response.json(
        { paging: { limit, offset, total: counted }, results },
        { headers: { date: "Mon, 01 Jun 2026 00:00:00 GMT" } },
      ),
    );
  };
  return client({ fetch });
}

const offsets = (pages: readonly RawPage[]): number[] => pages.map(({ offset }) => offset);

test("the bytes are those of the body, decompressed: no digit is lost", async () => {
  const body =
    '{ "paging": {"total": 1, "limit": 50},\n "contacts": [ {"id": "c1", "n": 12345678901234567890.10, "n": 1e400, "t": "\\u00e9é"} ] }';
  const api = await startApi((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip", "content-type": "application/json" });
    response.end(gzipSync(body));
  });
  const [page] = await collect(client(api).contacts.list({ since: "2026-01-01", status: "NEW" }).rawPages());
  expect(new TextDecoder().decode(page?.bytes)).toBe(body);
  expect(page).toMatchObject({
    at: "contacts",
    items: 1,
    offset: 0,
    limit: 50,
    total: 1,
    ceiling: false,
    ids: ["c1"],
    request: {
      method: "GET",
      path: "/contacts",
      query: { since: "2026-01-01", status: "NEW", limit: "50", offset: "0" },
    },
  });
  expect(Date.parse(page?.date ?? "")).toBeGreaterThan(0);
});

test.each([
  ['{"results": [{"ID": "n1"}], "paging": {}}', "results", ["n1"]],
  ['{"notes": [{"id": "n1"}, {"id": "n2"}]}', "notes", ["n1", "n2"]],
  ['[{"id": "n1"}]', "", ["n1"]],
  ['{"results": [{"message": "no id"}]}', "results", undefined],
])("in %s the records are at %j", async (body, at, ids) => {
  const fetch = () => Promise.resolve(new Response(body));
  const [page] = await collect(client({ fetch }).contacts.notes.list("c1").rawPages());
  expect(page).toMatchObject({ at, items: ids?.length ?? 1, request: { path: "/contacts/c1/notes" } });
  expect(page?.ids).toEqual(ids);
});

describe("the ceiling", () => {
  test("the last page in reach says that there is more", async () => {
    const pages = await collect(contactsApi(5000).contacts.list().rawPages());
    expect(offsets(pages)).toEqual(Array.from({ length: 21 }, (_, page) => page * 50));
    expect(pages.map(({ ceiling }) => ceiling)).toEqual([...Array(20).fill(false), true]);
  });

  test("a list that just fits does not", async () => {
    const pages = await collect(contactsApi(1050).contacts.list().rawPages());
    expect(pages.at(-1)).toMatchObject({ offset: 1000, items: 50, ceiling: false });
  });

  test("may be moved or switched off", async () => {
    const pages = await collect(contactsApi(5000).contacts.list().rawPages({ offsetCeiling: 100 }));
    expect(offsets(pages)).toEqual([0, 50, 100]);
    expect(pages.at(-1)?.ceiling).toBe(true);
    const error = await failureOf(collect(contactsApi(5000).contacts.list().rawPages({ offsetCeiling: false })));
    expect(error.code).toBe("ERR_CLIENGO_OFFSET_CEILING");
  });
});

describe("overlap", () => {
  test("asks for the last records of a page again", async () => {
    const pages = await collect(contactsApi(120).contacts.list().rawPages({ overlap: 3 }));
    expect(offsets(pages)).toEqual([0, 47, 94]);
    for (let index = 1; index < pages.length; index++) {
      expect(pages[index]?.ids?.slice(0, 3)).toEqual(pages[index - 1]?.ids?.slice(-3));
    }
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(120);
  });

  test("reaches as far as without it: the last page begins at the ceiling", async () => {
    const pages = await collect(contactsApi(1050).contacts.list().rawPages({ overlap: 1 }));
    expect(offsets(pages).slice(-2)).toEqual([980, 1000]);
    expect(pages.at(-1)).toMatchObject({ ceiling: false });
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(1050);
    const more = await collect(contactsApi(1051).contacts.list().rawPages({ overlap: 1 }));
    expect(more.at(-1)).toMatchObject({ offset: 1000, ceiling: true });
  });

  test("notices a total that is too low by what follows a full page", async () => {
    const pages = await collect(contactsApi(51, 50).contacts.list().rawPages({ overlap: 1 }));
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(51);
    const honest = await collect(contactsApi(50).contacts.list().rawPages({ overlap: 1 }));
    expect(offsets(honest)).toEqual([0, 49]);
  });

  test("larger than a page still moves on, and ends", async () => {
    const pages = await collect(contactsApi(7).contacts.list({ limit: 3 }).rawPages({ overlap: 10 }));
    expect(new Set(pages.flatMap(({ ids }) => ids)).size).toBe(7);
    expect(pages.length).toBeLessThan(10);
  });
});

test("options replace those of the list", async () => {
  const pages = await collect(
    contactsApi(10)
      .contacts.list({ since: "2026-01-01", limit: 4 })
      .rawPages({ since: "2026-02-01", until: "2026-03-01", limit: 6, offset: 2 }),
  );
  expect(pages.map(({ request }) => request.query)).toEqual([
    { since: "2026-02-01", until: "2026-03-01", limit: "6", offset: "2" },
    { since: "2026-02-01", until: "2026-03-01", limit: "6", offset: "8" },
  ]);
});

test("one record as bytes", async () => {
  const fetch = () =>
    Promise.resolve(new Response('{"id": "a1", "leadCount": 9007199254740993}', { headers: { date: "now" } }));
  const answer = await client({ fetch }).http.raw("/account", { query: { withFeatures: true } });
  expect(new TextDecoder().decode(answer.bytes)).toContain("9007199254740993");
  expect(answer).toMatchObject({
    status: 200,
    date: "now",
    request: { method: "GET", path: "/account", query: { withFeatures: "true" } },
  });
});
