import { expect, test } from "vitest";
import { sendJson, startApi } from "./api-server.ts";
import { apiKey, client, failureOf } from "./client.ts";

test("another origin gets nothing: no request, no key", async () => {
  const other = await startApi((_, response) => sendJson(response, { id: "stolen" }));
  const api = await startApi((request, response) => {
    response.writeHead(302, { location: `${other.baseUrl}/users/me?api_key=${request.query.get("api_key")}` }).end();
  });
  const error = await failureOf(client(api).users.me());
  expect(error).toMatchObject({ name: "RedirectError", code: "ERR_CLIENGO_REDIRECT", retryable: false });
  expect(error.message).toContain(`to another origin, ${new URL(other.baseUrl).origin}`);
  expect(error.message).not.toContain(apiKey);
  expect(other.requests).toEqual([]);
});

test("another scheme is another origin, were the host the same", async () => {
  const asked: string[] = [];
  const fetch = (url: string) => {
    asked.push(url);
    return Promise.resolve(new Response(null, { status: 302, headers: { location: url.replace("https:", "http:") } }));
  };
  const error = await failureOf(client({ fetch, baseUrl: "https://api.cliengo.test/1.0" }).users.me());
  expect(error.message).toContain("to another origin, http://api.cliengo.test");
  expect(asked).toHaveLength(1);
});

test("an origin that holds the key is shown without it", async () => {
  const fetch = () =>
    Promise.resolve(new Response(null, { status: 302, headers: { location: `https://${apiKey}.acme.example/` } }));
  const error = await failureOf(client({ fetch }).users.me());
  expect(error.code).toBe("ERR_CLIENGO_REDIRECT");
  expect(error.message).not.toContain(apiKey);
});

test("within the origin a GET is followed, with the key", async () => {
  const api = await startApi((request, response) => {
    if (request.path === "/users/me") response.writeHead(307, { location: "/1.0/users/u1" }).end();
    else sendJson(response, { id: "u1" });
  });
  expect(await client(api).users.me()).toEqual({ id: "u1" });
  expect(api.requests.map(({ path, query }) => [path, query.get("api_key")])).toEqual([
    ["/users/me", apiKey],
    ["/users/u1", apiKey],
  ]);
});

test("a loop ends", async () => {
  const api = await startApi((_, response) => void response.writeHead(302, { location: "/1.0/users/me" }).end());
  expect((await failureOf(client(api).users.me())).message).toContain("more than 3 times");
  expect(api.requests).toHaveLength(4);
});

test("a write is never followed", async () => {
  const api = await startApi((_, response) => void response.writeHead(308, { location: "/1.0/elsewhere" }).end());
  expect((await failureOf(client(api).contacts.create({ websiteId: "s1" }))).message).toContain(
    "although it is no GET",
  );
  expect(api.requests).toHaveLength(1);
});

test("a location that is no URL", async () => {
  const api = await startApi((_, response) => void response.writeHead(302, { location: "http://" }).end());
  expect((await failureOf(client(api).users.me())).message).toContain("to nowhere");
});

test("a browser hides where a redirect leads", async () => {
  const fetch = () => {
    const response = new Response(null);
    return Promise.resolve(
      Object.defineProperties(response, { type: { value: "opaqueredirect" }, status: { value: 0 } }),
    );
  };
  expect((await failureOf(client({ fetch }).users.me())).message).toContain("out of sight");
});
