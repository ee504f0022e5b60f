import { expect, test } from "vitest";
import { type Cliengo, isCliengoError, type RequestOptions, ServerError } from "@typeload/cliengo-sdk";
import { sendJson, startApi } from "./api-server.ts";
import { client, failureOf } from "./client.ts";

const reason = new Error("The user went home.");

/** Aborts after a while, and expects the call to end at once with the caller's own reason. */
async function expectAborted(call: (options: RequestOptions) => PromiseLike<unknown>, after = 30): Promise<void> {
  const controller = new AbortController();
  setTimeout(() => controller.abort(reason), after);
  const started = performance.now();
  const error: unknown = await call({ signal: controller.signal }).then(
    () => "succeeded",
    (failure: unknown) => failure,
  );
  expect(isCliengoError(error)).toBe(true);
  expect(error).toMatchObject({ name: "AbortedError", code: "ERR_CLIENGO_ABORTED", retryable: false, cause: reason });
  expect(performance.now() - started).toBeLessThan(2000);
}

const me = (cliengo: Cliengo) => (options: RequestOptions) => cliengo.users.me(options);

test("before anything was sent", async () => {
  const api = await startApi((_, response) => sendJson(response, {}));
  await expect(client(api).users.me({ signal: AbortSignal.abort(reason) })).rejects.toMatchObject({ cause: reason });
  expect(api.requests).toEqual([]);
});

test("while it waits for its turn", async () => {
  const api = await startApi(() => undefined);
  const cliengo = client({ ...api, concurrency: 1, timeout: 1000, retry: { maxAttempts: 1 } });
  const first = cliengo.users.get("first").catch(() => "timed out");
  await expectAborted(me(cliengo));
  expect(await first).toBe("timed out");
  expect(api.requests.map(({ path }) => path)).toEqual(["/users/first"]);
});

test("while it waits for the rate", async () => {
  const api = await startApi((_, response) => sendJson(response, { id: "u1" }));
  const cliengo = client({ ...api, rateLimit: { requestsPerSecond: 0.01, burst: 1 } });
  await cliengo.users.me();
  await expectAborted(me(cliengo));
  expect(api.requests).toHaveLength(1);
});

test("while it waits for the answer", async () => {
  await expectAborted(me(client(await startApi(() => undefined))));
});

test("in the middle of the body", async () => {
  const api = await startApi((_, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"id": ');
  });
  await expectAborted(me(client(api)));
});

test("while it waits to try again", async () => {
  const api = await startApi((_, response) => sendJson(response, {}, 500, { "retry-after": "3000" }));
  await expectAborted(me(client({ ...api, retry: { maxRetryAfter: 60_000 } })));
  expect(api.requests).toHaveLength(1);
});

test("with one of our own errors as the reason: still as an abort, and nothing is repeated", async () => {
  const controller = new AbortController();
  const retries: unknown[] = [];
  const own = new ServerError("The other half failed.", { status: 503 });
  const cliengo = client({
    fetch: () => {
      controller.abort(own);
      return new Promise(() => undefined);
    },
    onRetry: (event) => retries.push(event),
  });
  const error = await failureOf(cliengo.users.me({ signal: controller.signal }));
  expect(error).toMatchObject({ code: "ERR_CLIENGO_ABORTED", cause: own });
  expect(retries).toEqual([]);
});

test("while somebody exchanges the key", async () => {
  const api = await startApi(() => undefined);
  await expectAborted(me(client({ ...api, jwt: true, timeout: 500, retry: { maxAttempts: 1 } })));
});

test("one caller's abort does not fail the exchange for the others", async () => {
  const api = await startApi(async (request, response) => {
    if (request.path === "/jwt") await new Promise((resolve) => setTimeout(resolve, 60));
    sendJson(response, { jwt: "a-fresh-jwt", id: "u1" });
  });
  const cliengo = client({ ...api, jwt: true });
  const [first, second] = await Promise.allSettled([
    cliengo.users.me({ signal: AbortSignal.timeout(20) }),
    cliengo.users.me(),
  ]);
  expect(first.status).toBe("rejected");
  expect(second).toMatchObject({ status: "fulfilled", value: { id: "u1" } });
  expect(api.requests.filter(({ path }) => path === "/jwt")).toHaveLength(1);
});

test("also where the given fetch ignores the signal", async () => {
  await expectAborted(me(client({ fetch: () => new Promise<Response>(() => undefined) })));
});

test("between two pages of a list", async () => {
  const controller = new AbortController();
  const api = await startApi((request, response) => {
    if (Number(request.query.get("offset")) > 0) controller.abort();
    else
      sendJson(response, {
        paging: { total: 100 },
        results: Array.from({ length: 50 }, (_, id) => ({ id: `u${id}` })),
      });
  });
  const ids: string[] = [];
  const reading = (async () => {
    for await (const user of client(api).users.list({}, { signal: controller.signal })) ids.push(user.id);
  })();
  expect(await failureOf(reading)).toMatchObject({ code: "ERR_CLIENGO_ABORTED" });
  expect(ids).toHaveLength(50);
});
