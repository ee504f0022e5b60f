import { describe, expect, test } from "vitest";
import { type Cliengo, type ListCall, OffsetCeilingError } from "@typeload/cliengo-sdk";
import { client, failureOf } from "./client.ts";
import { type Row, serve } from "./list-api.ts";
import { collect } from "./collect.ts";

const rowsOf = (count: number): Row[] => Array.from({ length: count }, (_, index) => ({ id: `r${index}` }));

const everyList: [string, string, (cliengo: Cliengo) => ListCall<unknown>][] = [
  ["users", "/users", (cliengo) => cliengo.users.list()],
  ["sites", "/sites", (cliengo) => cliengo.sites.list()],
  ["chatbots", "/sites/chatbots", (cliengo) => cliengo.sites.chatbots.list()],
  ["contacts", "/contacts", (cliengo) => cliengo.contacts.list()],
  ["notes", "/contacts/c1/notes", (cliengo) => cliengo.contacts.notes.list("c1")],
  ["messages", "/contacts/c1/messages", (cliengo) => cliengo.contacts.messages.list("c1")],
  ["history", "/contacts/c1/history", (cliengo) => cliengo.contacts.history.list("c1")],
  ["conversations", "/conversations", (cliengo) => cliengo.conversations.list()],
  ["messages", "/conversations/v1/messages", (cliengo) => cliengo.conversations.messages.list("v1")],
];

describe.each(everyList)("%s of %s", (name, path, list) => {
  test("gives every record of every page, in order", async () => {
    const rows = rowsOf(123);
    const { cliengo, offsets, paths } = serve(rows);
    expect(await collect(list(cliengo))).toEqual(rows);
    expect(offsets).toEqual([0, 50, 100]);
    expect([...paths]).toEqual([path]);
  });

  test.each([
    ["results", (rows: readonly Row[]) => ({ paging: { total: 3 }, results: rows })],
    ["its own name", (rows: readonly Row[]) => ({ paging: { total: 3 }, [name]: rows, more: [1] })],
    ["results without paging", (rows: readonly Row[]) => ({ results: rows })],
    ["a bare array", (rows: readonly Row[]) => rows],
    ["a total as text", (rows: readonly Row[]) => ({ paging: { total: "3", limit: "50", page: 1 }, results: rows })],
  ])("reads %s", async (_, envelope) => {
    const { cliengo, offsets } = serve(rowsOf(3), { envelope });
    expect(await collect(list(cliengo))).toEqual(rowsOf(3));
    expect(offsets).toEqual([0]);
  });
});

describe("where a list ends", () => {
  test("at once, where it is empty", async () => {
    const { cliengo, offsets } = serve([]);
    expect(await collect(cliengo.users.list())).toEqual([]);
    expect(offsets).toEqual([0]);
  });

  test("on the total, also where the server gives smaller pages than asked for", async () => {
    const { cliengo, offsets } = serve(rowsOf(60), { clamp: 25 });
    expect(await collect(cliengo.users.list({ limit: 50 }))).toEqual(rowsOf(60));
    expect(offsets).toEqual([0, 25, 50]);
  });

  test("on an empty page, where the server does not count", async () => {
    const { cliengo, offsets } = serve(rowsOf(100), {
      envelope: (results, { limit, offset }) => ({ paging: { limit, offset }, results }),
    });
    expect(await collect(cliengo.users.list())).toEqual(rowsOf(100));
    expect(offsets).toEqual([0, 50, 100]);
  });

  test("on an empty page, where the total promises more", async () => {
    const { cliengo, offsets } = serve(rowsOf(70), {
      envelope: (results, paging) => ({ paging: { ...paging, total: 900 }, results }),
    });
    expect(await collect(cliengo.users.list())).toEqual(rowsOf(70));
    expect(offsets).toEqual([0, 50, 70]);
  });

  test("after all records, where the total promises fewer", async () => {
    const { cliengo } = serve(rowsOf(120), {
      envelope: (results, paging) => ({ paging: { ...paging, total: 7 }, results }),
    });
    expect(await collect(cliengo.users.list())).toEqual(rowsOf(120));
  });

  test("an array as long as a page is asked for more; a server that pages gives it", async () => {
    const { cliengo, offsets } = serve(rowsOf(70), { envelope: (rows) => rows });
    expect(await collect(cliengo.users.list())).toEqual(rowsOf(70));
    expect(offsets).toEqual([0, 50]);
  });

  test("an array as long as a page that comes again is the whole list", async () => {
    const { cliengo, offsets } = serve(rowsOf(50), { envelope: (rows) => rows, ignoresOffset: true });
    expect(await collect(cliengo.users.list())).toEqual(rowsOf(50));
    expect(offsets).toEqual([0, 50]);
  });

  test("a short page that comes again ends it", async () => {
    const { cliengo } = serve(rowsOf(20), {
      ignoresOffset: true,
      envelope: (results, paging) => ({ paging: { ...paging, total: 90 }, results }),
    });
    expect(await collect(cliengo.users.list())).toEqual(rowsOf(20));
  });

  test("a bare array that was clamped to the page size that is known to work is asked for more", async () => {
    const { cliengo, offsets } = serve(rowsOf(130), { envelope: (rows) => rows, clamp: 50 });
    expect(await collect(cliengo.users.list({ limit: 100 }))).toEqual(rowsOf(130));
    expect(offsets).toEqual([0, 50, 100]);
  });

  test.each([
    [120, 50],
    [2, 1],
  ])("%i equal records without ids are no page that comes again (pages of %i)", async (count, limit) => {
    const rows = Array.from({ length: count }, () => ({ text: "hi" }));
    const { cliengo } = serve(rows);
    expect(await collect(cliengo.contacts.messages.list("c1", { limit }))).toEqual(rows);
  });

  test("equal records without ids do come again where the server says that it is elsewhere", async () => {
    const { cliengo } = serve(
      Array.from({ length: 120 }, () => ({ text: "hi" })),
      {
        envelope: (results, paging) => ({ paging: { ...paging, offset: 0 }, results }),
      },
    );
    expect((await failureOf(collect(cliengo.contacts.messages.list("c1")))).code).toBe("ERR_CLIENGO_REPEATED_PAGE");
  });

  test("a full page that comes again is an error, not an endless list", async () => {
    const { cliengo, offsets } = serve(rowsOf(200), { ignoresOffset: true });
    const error = await failureOf(collect(cliengo.users.list().pages()));
    expect(error).toMatchObject({
      name: "RepeatedPageError",
      code: "ERR_CLIENGO_REPEATED_PAGE",
      offset: 50,
      retryable: false,
    });
    expect(offsets).toEqual([0, 50]);
  });
});

test("a record that moves to the next page is given once; one without id as often as it comes", async () => {
  const pages = [
    [{ id: "a" }, { id: "b" }],
    [{ id: "b" }, { id: "c" }],
  ];
  const envelope = (_: readonly Row[], { offset }: { offset: number }) => ({
    paging: { total: 4 },
    results: pages[offset / 2],
  });
  const { cliengo } = serve(rowsOf(4), { envelope });
  expect(await collect(cliengo.users.list({ limit: 2 }))).toEqual([{ id: "a" }, { id: "b" }, { id: "c" }]);
  const { cliengo: other } = serve([{ text: "hi" }, { text: "hi" }, { text: "hi" }]);
  expect(await collect(other.contacts.messages.list("c1"))).toHaveLength(3);
});

describe("bounds", () => {
  test("`maxItems` ends the list, and asks for no more than it needs", async () => {
    const { cliengo, offsets } = serve(rowsOf(500));
    expect(await collect(cliengo.users.list({ maxItems: 60 }))).toEqual(rowsOf(60));
    expect(await collect(cliengo.users.list({ maxItems: 7 }))).toEqual(rowsOf(7));
    expect(await collect(cliengo.users.list({ maxItems: 0 }))).toEqual([]);
    expect(offsets).toEqual([0, 50, 0]);
  });

  test("`toArray` gives so many at most", async () => {
    const { cliengo } = serve(rowsOf(500));
    expect(await cliengo.users.list().toArray({ max: 70 })).toEqual(rowsOf(70));
    expect(await cliengo.users.list({ maxItems: 3 }).toArray({ max: 70 })).toEqual(rowsOf(3));
  });

  test("`limit` is the page size, `offset` where to begin", async () => {
    const { cliengo, offsets } = serve(rowsOf(30));
    expect(await collect(cliengo.users.list({ limit: 10, offset: 5 }))).toEqual(rowsOf(30).slice(5));
    expect(offsets).toEqual([5, 15, 25]);
  });

  test("a list that is left early asks for no more", async () => {
    const { cliengo, offsets } = serve(rowsOf(500));
    for await (const _ of cliengo.users.list()) break;
    expect(offsets).toEqual([0]);
  });
});

describe("pages", () => {
  test("one leads to the next", async () => {
    const { cliengo } = serve(rowsOf(7));
    const first = await cliengo.users.list({ limit: 3 });
    expect(first).toMatchObject({ items: rowsOf(3), total: 7, offset: 0, limit: 3, hasNext: true });
    const second = await first.next();
    const third = await second?.next();
    expect(third).toMatchObject({ items: rowsOf(7).slice(6), hasNext: false });
    expect(await third?.next()).toBeUndefined();
  });

  test("a call that is not used sends nothing; one that is awaited twice sends once", async () => {
    const { cliengo, offsets } = serve(rowsOf(7));
    const list = cliengo.users.list();
    await Promise.resolve();
    expect(offsets).toEqual([]);
    expect((await list).items).toEqual((await list).items);
    expect(offsets).toEqual([0]);
  });
});

describe("the ceiling", () => {
  test("conversations out of reach fail before the first, with the counts", async () => {
    const { cliengo, offsets } = serve(rowsOf(1051));
    const seen: unknown[] = [];
    const error = await failureOf(
      (async () => {
        for await (const conversation of cliengo.conversations.list()) seen.push(conversation);
      })(),
    );
    expect(error).toBeInstanceOf(OffsetCeilingError);
    expect(error).toMatchObject({ reached: 1050, total: 1051, retryable: false });
    expect(error.message).toContain("/conversations has 1051 records, of which 1050 can be read.");
    expect([seen, offsets]).toEqual([[], [0]]);
  });

  test("a page size that is clamped without a word is seen before the first", async () => {
    const { cliengo, offsets } = serve(rowsOf(1080), {
      clamp: 50,
      envelope: (results, { offset, total }) => ({ paging: { offset, total }, results }),
    });
    const error = await failureOf(collect(cliengo.conversations.list({ limit: 100 })));
    expect(error).toMatchObject({ code: "ERR_CLIENGO_OFFSET_CEILING", reached: 1050, total: 1080 });
    expect(offsets).toEqual([0]);
  });

  test("as many as can be read are read", async () => {
    const { cliengo } = serve(rowsOf(1050));
    expect(await collect(cliengo.conversations.list())).toEqual(rowsOf(1050));
  });

  test("with a page size that does not divide it, less is in reach", async () => {
    expect(await collect(serve(rowsOf(1020)).cliengo.conversations.list({ limit: 30 }))).toEqual(rowsOf(1020));
    const error = await failureOf(collect(serve(rowsOf(1021)).cliengo.conversations.list({ limit: 30 })));
    expect(error).toMatchObject({ reached: 1020, total: 1021 });
  });

  test("`maxItems` in reach, and a client without a ceiling, go on", async () => {
    expect(await collect(serve(rowsOf(3000)).cliengo.conversations.list({ maxItems: 1000 }))).toHaveLength(1000);
    const rows = rowsOf(3000);
    const api = serve(rows, { ceiling: Infinity });
    const fetch = (url: string) => {
      const { searchParams } = new URL(url);
      const offset = Number(searchParams.get("offset"));
      return Promise.resolve(Response.json({ paging: { total: 3000 }, results: rows.slice(offset, offset + 50) }));
    };
    expect(await collect(client({ fetch, offsetCeiling: false }).conversations.list())).toEqual(rows);
    expect(api.offsets).toEqual([]);
  });

  test("any refusal above it counts as one, whatever its status and body", async () => {
    const { cliengo } = serve(rowsOf(3000));
    const error = await failureOf(collect(cliengo.conversations.list().pages()));
    expect(error).toMatchObject({ code: "ERR_CLIENGO_OFFSET_CEILING", status: 422, reached: 1050 });
    expect(error.message).toContain("offset too large");
  });
});

test("records with numbers for ids come once too", async () => {
  const envelope = (_: readonly Row[], { offset }: { offset: number }) => ({
    paging: { total: 4 },
    results: offset === 0 ? [{ id: 1 }, { id: 2 }] : [{ id: 2 }, { id: 3 }],
  });
  const { cliengo } = serve(rowsOf(4), { envelope });
  expect(await collect(cliengo.users.list({ limit: 2 }))).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});

test("notes have an `id`, whichever spelling the API uses", async () => {
  const { cliengo } = serve([], {
    envelope: () => ({
      results: [
        { ID: "n1", message: "a" },
        { id: "n2", message: "b" },
      ],
    }),
  });
  expect(await collect(cliengo.contacts.notes.list("c1"))).toEqual([
    { id: "n1", message: "a" },
    { id: "n2", message: "b" },
  ]);
});
