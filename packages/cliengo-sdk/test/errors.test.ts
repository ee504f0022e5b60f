import { describe, expect, test } from "vitest";
import { isCliengoError, NotFoundError } from "@typeload/cliengo-sdk";
import { sendJson, startApi } from "./api-server.ts";
import { client, failureOf } from "./client.ts";

describe("a status becomes a class", () => {
  test.each([
    [400, "BadRequestError", "ERR_CLIENGO_BAD_REQUEST", false],
    [401, "AuthenticationError", "ERR_CLIENGO_AUTHENTICATION", false],
    [403, "PermissionError", "ERR_CLIENGO_PERMISSION", false],
    [404, "NotFoundError", "ERR_CLIENGO_NOT_FOUND", false],
    [409, "ConflictError", "ERR_CLIENGO_CONFLICT", false],
    [410, "NotFoundError", "ERR_CLIENGO_NOT_FOUND", false],
    [418, "BadRequestError", "ERR_CLIENGO_BAD_REQUEST", false],
    [422, "BadRequestError", "ERR_CLIENGO_BAD_REQUEST", false],
    [429, "RateLimitError", "ERR_CLIENGO_RATE_LIMIT", true],
    [500, "ServerError", "ERR_CLIENGO_SERVER", true],
    [503, "ServerError", "ERR_CLIENGO_SERVER", true],
  ])("%i → %s", async (status, name, code, retryable) => {
    const api = await startApi((_, response) =>
      sendJson(response, { detail: "No such luck." }, status, { "x-request-id": "req-7" }),
    );
    const error = await failureOf(client({ ...api, retry: { maxAttempts: 2 } }).contacts.get("c1"));
    expect(error).toMatchObject({ name, code, retryable, status, requestId: "req-7" });
    expect(error.message).toContain(`GET ${api.baseUrl}/contacts/c1 was answered with status ${status}: No such luck.`);
    expect(error.hint?.length).toBeGreaterThan(5);
    expect(error.message).toContain(error.hint);
    expect(error.attempts).toBe(retryable ? 2 : 1);
    expect(api.requests).toHaveLength(retryable ? 2 : 1);
  });

  test.each([
    [{ message: "said by message" }, "said by message"],
    [{ error: { message: "said within" } }, "said within"],
    [{ error: true, message: "said beside" }, "said beside"],
    ["only text", "only text"],
    [{ something: 1 }, '{"something":1}'],
  ])("reads what %j says", async (body, said) => {
    const api = await startApi((_, response) => sendJson(response, body, 400));
    expect((await failureOf(client(api).account.get())).message).toContain(`status 400: ${said}.`);
  });

  test("reads no more than a part of a long body, and takes no long time over it", async () => {
    let received = 0;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        received += 8192;
        if (received > 4_000_000) return controller.close();
        controller.enqueue(new TextEncoder().encode(received === 8192 ? "a".padEnd(8192) : " ".repeat(8192)));
      },
    });
    const fetch = () => Promise.resolve(new Response(stream, { status: 400 }));
    const started = performance.now();
    const error = await failureOf(client({ fetch }).users.me());
    expect(error.message).toContain("status 400: a");
    expect(received).toBeLessThan(200_000);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test("shows no page of HTML", async () => {
    const api = await startApi((_, response) => {
      response.writeHead(502, { "content-type": "text/html" });
      response.end("<html><body>Bad gateway</body></html>");
    });
    const error = await failureOf(client({ ...api, retry: { maxAttempts: 1 } }).account.get());
    expect(error.message).toContain("was answered with status 502. Try later.");
  });

  test("a wrong key says where to find one", async () => {
    const api = await startApi((_, response) => sendJson(response, {}, 401));
    const { message } = await failureOf(client(api).users.me());
    expect(message).toContain("CLIENGO_API_KEY");
    expect(message).toContain("Chatbots > Integrations > API > Generate API Key");
  });
});

test("an error's JSON has its fields, and its message", async () => {
  const api = await startApi((_, response) => sendJson(response, { detail: "Gone." }, 404));
  const error = await failureOf(client(api).contacts.get("c1"));
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({
    name: "NotFoundError",
    code: "ERR_CLIENGO_NOT_FOUND",
    retryable: false,
    status: 404,
    message: error.message,
    request: { method: "GET", url: `${api.baseUrl}/contacts/c1` },
  });
});

test("errors are recognised by a brand, also those of another copy", () => {
  const error = new NotFoundError("Not there.", { status: 404 });
  expect(isCliengoError(error)).toBe(true);
  expect(error).toBeInstanceOf(NotFoundError);
  expect(isCliengoError(Object.create(null, { [Symbol.for("typeload.cliengo.error")]: { value: true } }))).toBe(true);
  expect(isCliengoError(new Error("Not ours."))).toBe(false);
  expect(isCliengoError(undefined)).toBe(false);
});

test.each(["", ".", "..", "c\ud800"])("an id of %j is refused before anything is sent", async (id) => {
  const api = await startApi((_, response) => sendJson(response, {}));
  const error = await failureOf(client(api).contacts.get(id));
  expect(error).toMatchObject({ name: "ConfigurationError", code: "ERR_CLIENGO_CONFIGURATION" });
  expect(error.message).toContain("`contactId` must be an id");
  expect(api.requests).toEqual([]);
});

test("an id is escaped in the path", async () => {
  const api = await startApi((_, response) => sendJson(response, { id: "x" }));
  await client(api).contacts.get("../account?x={contactId}&$&");
  expect(api.requests[0]?.path).toBe("/contacts/..%2Faccount%3Fx%3D%7BcontactId%7D%26%24%26");
});
