import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type CliengoOptions, isCliengoError, UnreadableResponseError } from "@typeload/cliengo-sdk";
import { sendJson, startApi } from "./api-server.ts";
import { apiKey, client, failureOf } from "./client.ts";

/** What a client makes of a body with status 200. */
async function read(body: string | Uint8Array, headers: Record<string, string> = {}, options: CliengoOptions = {}) {
  const api = await startApi((_, response) => {
    response.writeHead(200, { "content-type": "application/json", ...headers });
    response.end(body);
  });
  const error = await failureOf(client({ ...api, retry: { maxAttempts: 1 }, ...options }).users.me());
  if (!(error instanceof UnreadableResponseError)) throw error;
  return error;
}

describe("an answer that cannot be read names the byte", () => {
  test("a web page with status 200", async () => {
    const error = await read("<!DOCTYPE html><html><title>Log in</title></html>", { "content-type": "text/html" });
    expect(error).toMatchObject({ reason: "html", byte: 0, retryable: true, status: 200 });
    expect(error.snippet).toBe("<!DOCTYPE html><html><title>Log in</title></html>");
    expect(error.message).toContain("is a web page, not JSON. Near byte 0:");
  });

  test.each(["\n <!-- hi --><html>", "<p>No</p>", `<html>${"{".repeat(150)}`, '<?xml version="1.0"?>'])(
    "a web page of another form: %s",
    async (body) => {
      expect(await read(body)).toMatchObject({ reason: "html", byte: 0, retryable: true });
    },
  );

  test.each([
    ['{"id": "u1", "name": "An', 24],
    ['{"id": "u1", "ok": tru', 19],
    ['{"id": "u1"', 11],
    ['{"id": "ñ', 10],
    ['{"id": "\\u00', 8],
    ["", 0],
  ])("truncated: %s", async (body, byte) => {
    expect(await read(body)).toMatchObject({ reason: "truncated", byte, retryable: true });
  });

  test.each([
    ["{'id': 1}", 1],
    ['{"a": 1, "b": nope, "c": "long enough"}', 14],
    ['{"ñandú": [1, 2,, 3]} and more text', 18],
    ['{"a": 1} {"b": 2, "text": "more"}', 9],
    ['{"a": 01, "text": "more and more"}', 7],
    ['{"a": "line\nbreak", "text": "more"}', 11],
    ['{"a": "\\x41", "text": "more text"}', 7],
    ['{"a" 1, "text": "more and more"}', 5],
    ["[1, 2} more and more text", 5],
  ])("not JSON: %s", async (body, byte) => {
    expect(await read(body)).toMatchObject({ reason: "json", byte });
  });

  test("not UTF-8", async () => {
    const body = Buffer.concat([Buffer.from('{"name": "ñ'), Buffer.from([0xf1, 0x61]), Buffer.from('"}')]);
    expect(await read(body)).toMatchObject({ reason: "utf8", byte: 12 });
  });

  test.each([
    ["after a byte order mark", '\ufeff{"name": "ñ', 15],
    ["after a genuine replacement character", '{"name": "\ufffd and \ufffd', 21],
  ])("not UTF-8 %s", async (_, text, byte) => {
    const body = Buffer.concat([Buffer.from(text), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(await read(body)).toMatchObject({ reason: "utf8", byte });
  });

  test("the byte of wrong JSON counts a byte order mark", async () => {
    expect(await read('\ufeff{"a": nope, "b": 1}')).toMatchObject({ reason: "json", byte: 9 });
  });

  test("millions of escapes in one string", async () => {
    const body = `{"a": "${"a\\n".repeat(3_000_000)}`;
    expect(await read(body)).toMatchObject({ reason: "truncated", byte: body.length });
  });

  test("the snippet is 200 characters around the byte, with secrets masked", async () => {
    const body = `{"a": "${"x".repeat(400)}", "fbPageAccessToken": "${"T".repeat(30)}", "b": nope, "c": "${"y".repeat(400)}"}`;
    const error = await read(body);
    expect(error.snippet).toHaveLength(200);
    expect(error.byte).toBe(body.indexOf("nope"));
    expect(error.snippet.slice(100)).toMatch(/^nope, "c": "yyy/);
    expect(error.snippet).toContain(`"fbPageAccessToken": "${"*".repeat(30)}"`);
  });
});

describe("bounds", () => {
  test("a body larger than allowed, announced", async () => {
    const error = await read(
      JSON.stringify({ text: "x".repeat(5000) }),
      { "content-length": "5011" },
      { limits: { bodyBytes: 1000 } },
    );
    expect(error).toMatchObject({ reason: "too-large", retryable: false });
    expect(error.message).toContain("more than 1000 bytes");
  });

  test("a small body that decompresses to a large one", async () => {
    const body = gzipSync(JSON.stringify({ text: "x".repeat(5_000_000) }));
    expect(body.byteLength).toBeLessThan(10_000);
    const error = await read(body, { "content-encoding": "gzip" }, { limits: { bodyBytes: 1_000_000 } });
    expect(error).toMatchObject({ reason: "too-large", byte: 1_000_000 });
  });

  test("too many levels; brackets in texts are none", async () => {
    const error = await read(
      `{"text": "[[[[\\"[[[[", "deep": ${"[".repeat(5)}${"]".repeat(5)}}`,
      {},
      { limits: { depth: 4 } },
    );
    expect(error).toMatchObject({ reason: "too-deep", byte: 34, retryable: false });
  });

  test("as many levels as allowed", async () => {
    const api = await startApi(
      (_, response) => response.end(`{"id": "[[[[\\"[[[[", "deep": [[[1]]]}`) as unknown as void,
    );
    expect(await client({ ...api, limits: { depth: 4 } }).users.me()).toMatchObject({ id: '[[[["[[[[' });
  });
});

test("a length that differs from Content-Length, as an injected fetch may give it", async () => {
  const fetch = () => Promise.resolve(new Response('{"id": "u1"}', { headers: { "content-length": "20" } }));
  const error = await failureOf(client({ fetch, retry: { maxAttempts: 1 } }).users.me());
  expect(error).toMatchObject({ reason: "length", byte: 12, retryable: true });
  expect(error.message).toContain("has 12 bytes, but Content-Length says 20");
});

test("a connection that ends before Content-Length", async () => {
  const api = await startApi((_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
    response.write('{"id": "u1"}');
    setTimeout(() => response.destroy(), 10);
  });
  expect(await failureOf(client({ ...api, retry: { maxAttempts: 1 } }).users.me())).toMatchObject({
    code: "ERR_CLIENGO_CONNECTION",
    retryable: true,
  });
});

test("gzip is read, and asked for by the runtime", async () => {
  const api = await startApi((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync('{"id": "u1", "name": "Ñandú"}'));
  });
  expect(await client(api).users.me()).toEqual({ id: "u1", name: "Ñandú" });
  expect(api.requests[0]?.headers["accept-encoding"]).toContain("gzip");
});

test("broken gzip is an error that says so", async () => {
  const api = await startApi((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    response.end(gzipSync('{"id": "u1"}').subarray(0, 20));
  });
  const error = await failureOf(client({ ...api, retry: { maxAttempts: 2 } }).users.me());
  expect(isCliengoError(error)).toBe(true);
  expect(error).toMatchObject({ retryable: true, attempts: 2 });
});

test("a list without records is the wrong shape, and not retried", async () => {
  const api = await startApi((_, response) => sendJson(response, { paging: {}, rows: [{ id: 1 }] }));
  const error = await failureOf(client(api).users.list());
  expect(error).toMatchObject({ code: "ERR_CLIENGO_UNREADABLE_RESPONSE", reason: "shape", retryable: false });
  expect(error.message).toContain("neither results nor users");
  expect(api.requests).toHaveLength(1);
  expect(api.requests[0]?.query.get("api_key")).toBe(apiKey);
});

test("a write may answer nothing", async () => {
  const api = await startApi((_, response) => void response.writeHead(204).end());
  expect(await client(api).contacts.delete("c1")).toBeUndefined();
});
