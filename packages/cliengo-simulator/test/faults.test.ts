import { request } from "node:http";
import { gunzipSync } from "node:zlib";
import { startCliengoSimulator, type CliengoSimulator } from "@typeload/cliengo-simulator";
import { afterAll, beforeEach, expect, test } from "vitest";
import { address, getPage, getText, send, type Page } from "./client.ts";

let simulator: CliengoSimulator | undefined;
async function fresh(): Promise<CliengoSimulator> {
  await simulator?.close();
  simulator = await startCliengoSimulator({ seed: 4, contacts: 300, conversations: 3 });
  return simulator;
}
let server: CliengoSimulator;
beforeEach(async () => {
  server = await fresh();
});
afterAll(() => simulator?.close());

/** What arrives on the wire, byte for byte. */
function raw(path: string): Promise<{
  status: number;
  promised: number;
  body: Buffer;
  ended: boolean;
  error: string | undefined;
  milliseconds: number;
}> {
  const begin = performance.now();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let promised = -1;
    let ended = false;
    const done = (error?: NodeJS.ErrnoException): void =>
      resolve({
        status,
        promised,
        body: Buffer.concat(chunks),
        ended,
        error: error?.code,
        milliseconds: performance.now() - begin,
      });
    request(address(server, path), { agent: false }, (response) => {
      status = response.statusCode ?? 0;
      promised = Number(response.headers["content-length"] ?? -1);
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        ended = true;
        done();
      });
      response.on("error", done);
    })
      .on("error", done)
      .end();
  });
}

test("a status comes as often as told, then the right answer", async () => {
  const fault = server.faults.add({ kind: "status", status: 503, match: { path: "/contacts" }, times: 2 });
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 4; attempt++) statuses.push((await raw("/contacts")).status);
  expect(statuses).toEqual([503, 503, 200, 200]);
  expect(fault.hits).toBe(2);
  expect((await raw("/users")).status).toBe(200);
});

test("Retry-After comes as seconds, as a date, or as any text", async () => {
  const date = new Date("2026-11-01T00:00:05Z");
  for (const retryAfter of [7, date, "soon"]) server.faults.add({ kind: "status", status: 429, retryAfter });
  const headers: (string | null)[] = [];
  for (let attempt = 0; attempt < 3; attempt++)
    headers.push((await fetch(address(server, "/account"))).headers.get("retry-after"));
  expect(headers).toEqual(["7", "Sun, 01 Nov 2026 00:00:05 GMT", "soon"]);
});

test("faults are aimed by method, path, query, offset, number and a function of one's own", async () => {
  server.faults.add({ kind: "status", status: 500, match: { method: "post" }, times: Number.POSITIVE_INFINITY });
  server.faults.add({ kind: "status", status: 501, match: { path: "/contacts", offset: 100 } });
  server.faults.add({ kind: "status", status: 502, match: { path: "/contacts/:id/notes" } });
  server.faults.add({ kind: "status", status: 504, match: { query: { status: "NEW" } } });
  server.faults.add({ kind: "status", status: 507, match: { path: /^\/users/ }, nth: 2 });
  server.faults.add({ kind: "status", status: 508, match: { where: ({ query }) => query.limit === "9" } });
  server.faults.add({ kind: "status", status: 511, match: { request: 12 } });
  const id = server.model.contacts.idAt(0);
  const statuses: number[] = [(await send(server, "POST", "/contacts", {})).status];
  for (const path of [
    "/contacts",
    "/contacts?offset=100",
    "/contacts?offset=100",
    `/contacts/${id}`,
    `/contacts/${id}/notes`,
    "/contacts?status=NEW",
    "/users",
    "/users",
    "/users",
    "/sites?limit=9",
    "/account",
  ]) {
    statuses.push((await raw(path)).status);
  }
  expect(statuses).toEqual([500, 200, 501, 200, 200, 502, 504, 200, 507, 200, 508, 511]);
});

test("of two faults that fit, the first happens and the second waits its turn", async () => {
  server.faults.add({ kind: "status", status: 500, match: { path: "/account" } });
  const second = server.faults.add({ kind: "status", status: 502, match: { path: "/account" } });
  const removed = server.faults.add({ kind: "status", status: 504, times: 9 });
  expect((await raw("/account")).status).toBe(500);
  expect(second.hits).toBe(0);
  expect((await raw("/account")).status).toBe(502);
  expect((await raw("/account")).status).toBe(504);
  removed.remove();
  expect((await raw("/account")).status).toBe(200);
  server.faults.add({ kind: "status", status: 500 });
  server.faults.clear();
  expect((await raw("/account")).status).toBe(200);
});

test("a cut body is shorter than its Content-Length, and the connection ends", async () => {
  server.faults.add({ kind: "cut-body", afterBytes: 100 });
  const cut = await raw("/contacts");
  const whole = await raw("/contacts");
  expect(cut).toMatchObject({ status: 200, promised: whole.promised, ended: false, error: "ECONNRESET" });
  expect(cut.body).toEqual(whole.body.subarray(0, 100));
  expect(whole).toMatchObject({ ended: true, error: undefined });
  server.faults.add({ kind: "cut-body" });
  expect((await raw("/contacts")).body.length).toBe(Math.floor(whole.promised / 2));
});

test("a connection is reset before or inside the answer", async () => {
  server.faults.add({ kind: "reset" });
  expect(await raw("/contacts")).toMatchObject({ status: 0, error: "ECONNRESET" });
  server.faults.add({ kind: "reset", afterBytes: 50 });
  const inside = await raw("/contacts");
  expect(inside).toMatchObject({ status: 200, ended: false, error: "ECONNRESET" });
  expect(inside.body.length).toBe(50);
  expect(server.requests.all().map(({ fault, status }) => [fault, status])).toEqual([
    ["reset", undefined],
    ["reset", 200],
  ]);
});

test("a hanging request gives nothing, or a part, until the client or the simulator ends it", async () => {
  server.faults.add({ kind: "hang" });
  await expect(fetch(address(server, "/account"), { signal: AbortSignal.timeout(150) })).rejects.toThrow("timeout");
  server.faults.add({ kind: "hang", afterBytes: 30 });
  const response = await fetch(address(server, "/account"), { headers: { "accept-encoding": "identity" } });
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
  const rest = reader?.read();
  await server.close();
  await expect(rest).rejects.toThrow("terminated");
});

test("a slow body comes in pieces and is whole at the end", async () => {
  const fast = await raw("/users");
  const pieces = Math.ceil(fast.body.length / 200);
  server.faults.add({ kind: "slow-body", bytesPerChunk: 200, millisecondsPerChunk: 15 });
  const slow = await raw("/users");
  expect(slow.body).toEqual(fast.body);
  expect(slow.milliseconds).toBeGreaterThan(pieces * 14);
});

test("latency delays the right answer, adds up, and may come before another fault", async () => {
  server.faults.add({ kind: "latency", milliseconds: 60 });
  server.faults.add({ kind: "latency", milliseconds: 60 });
  server.faults.add({ kind: "status", status: 500 });
  const late = await raw("/account");
  expect(late.status).toBe(500);
  expect(late.milliseconds).toBeGreaterThan(115);
  await using slow = await startCliengoSimulator({ contacts: 1, latency: { lowest: 40, highest: 50 } });
  const begin = performance.now();
  await getText(slow, "/account");
  expect(performance.now() - begin).toBeGreaterThan(39);
});

test("wrong JSON has status 200, a true length, and cannot be parsed", async () => {
  for (const as of ["cut", "trailing", "nan", "text"] as const) {
    server.faults.add({ kind: "wrong-json", as });
    const wrong = await raw("/contacts");
    expect(wrong).toMatchObject({ status: 200, promised: wrong.body.length, ended: true });
    expect(() => JSON.parse(wrong.body.toString())).toThrow(SyntaxError);
  }
});

test("HTML comes with status 200, and its own type", async () => {
  server.faults.add({ kind: "html" });
  const response = await fetch(address(server, "/contacts"));
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  expect(await response.text()).toContain("<!DOCTYPE html>");
});

test("a body can say that it is gzip and not be", async () => {
  server.faults.add({ kind: "bad-gzip" });
  const { body } = await raw("/account");
  expect(() => gunzipSync(body)).toThrow("incorrect header check");
  server.faults.add({ kind: "bad-gzip" });
  await expect(getText(server, "/account")).rejects.toThrow("terminated");
});

test("a total can lie, by a number or by a function, with the rows untouched", async () => {
  const honest = await getPage(server, "/contacts");
  server.faults.add({ kind: "wrong-total", total: 3 });
  server.faults.add({ kind: "wrong-total", total: (total) => total + 1000 });
  const [low, high, after] = [
    await getPage(server, "/contacts"),
    await getPage(server, "/contacts"),
    await getPage(server, "/contacts"),
  ];
  expect([low.paging.total, high.paging.total, after.paging.total]).toEqual([3, 1300, 300]);
  expect(low.results).toEqual(honest.results);
});

test("rows of the page before can come again on top of a page", async () => {
  const ids = (page: Page): string[] => page.results.map(({ id }) => id);
  const [first, second] = [await getPage(server, "/contacts"), await getPage(server, "/contacts?offset=50")];
  server.faults.add({ kind: "duplicate-rows", rows: 4, match: { offset: 50 } });
  expect(ids(await getPage(server, "/contacts?offset=50"))).toEqual([...ids(first).slice(-4), ...ids(second)]);
  server.faults.add({ kind: "duplicate-rows", rows: 2 });
  expect(ids(await getPage(server, "/contacts"))).toEqual([...ids(first).slice(0, 2), ...ids(first)]);
});

test("a list can be empty while its total counts", async () => {
  server.faults.add({ kind: "empty-list" });
  expect(await getPage(server, "/contacts")).toEqual({ paging: { limit: 50, total: 300, offset: 0 }, results: [] });
  expect((await getPage(server, "/contacts")).results).toHaveLength(50);
});

test("an answer can be lost after the request took effect, or the request before it", async () => {
  const body = { websiteId: server.model.sites.idAt(0), name: "Once" };
  server.faults.add({ kind: "reset" });
  await expect(send(server, "POST", "/contacts", body)).rejects.toThrow("fetch failed");
  expect(server.model.contacts.size).toBe(300);
  server.faults.add({ kind: "reset", applied: true });
  await expect(send(server, "POST", "/contacts", body)).rejects.toThrow("fetch failed");
  expect(server.model.contacts.size).toBe(301);
  server.faults.add({ kind: "status", status: 500, applied: true });
  expect((await send(server, "POST", "/contacts", body)).status).toBe(500);
  expect(server.model.contacts.size).toBe(302);
});

test("a redirect can be sent with headers of one's own", async () => {
  server.faults.add({ kind: "status", status: 302, headers: { location: "http://127.0.0.1:1/elsewhere" } });
  const response = await fetch(address(server, "/account"), { redirect: "manual" });
  expect([response.status, response.headers.get("location")]).toEqual([302, "http://127.0.0.1:1/elsewhere"]);
});

test("a storm hits the same requests for the same seed, whatever their order, and lets a client through", async () => {
  const offsets = Array.from({ length: 40 }, (_, page) => page * 5);
  const hit = async (order: readonly number[], seed: number): Promise<Map<number, number>> => {
    await using stormy = await startCliengoSimulator({ seed, contacts: 200 });
    stormy.faults.storm({ rate: 0.4, mostInARow: 2, faults: [{ kind: "status", status: 503 }, { kind: "reset" }] });
    const attempts = new Map<number, number>();
    for (const offset of order) {
      for (let attempt = 1; attempt <= 3; attempt++) {
        const status = await fetch(address(stormy, `/contacts?limit=5&offset=${offset}`))
          .then((response) => response.status)
          .catch(() => 0);
        attempts.set(offset, attempt);
        if (status === 200) break;
        expect(attempt).toBeLessThan(3);
      }
    }
    return attempts;
  };
  const once = await hit(offsets, 1);
  expect(await hit(offsets.toReversed(), 1)).toEqual(new Map([...once].toReversed()));
  expect(await hit(offsets, 2)).not.toEqual(once);
  expect([...once.values()].filter((attempts) => attempts > 1).length).toBeGreaterThan(5);
});

test("the log counts what is under way at the same time", async () => {
  server.faults.add({ kind: "latency", milliseconds: 50, times: 6 });
  await Promise.all(Array.from({ length: 6 }, () => getText(server, "/account")));
  expect(server.requests.mostAtOnce).toBe(6);
  expect(server.requests.count).toBe(6);
  expect(server.requests.all({ path: "/account" })).toHaveLength(6);
  server.requests.clear();
  expect(server.requests.all()).toEqual([]);
});
