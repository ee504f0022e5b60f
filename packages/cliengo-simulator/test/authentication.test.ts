import { startCliengoSimulator, type CliengoSimulator } from "@typeload/cliengo-simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { address, getJson } from "./client.ts";

let now = 0;
let simulator: CliengoSimulator;
beforeAll(async () => {
  simulator = await startCliengoSimulator({ contacts: 1, jwtLifetime: 60_000, monotonic: () => now });
});
afterAll(() => simulator.close());

async function status(from: CliengoSimulator, path: string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(`${from.url}${path}`, { headers });
  await response.arrayBuffer();
  return response.status;
}

async function token(from: CliengoSimulator): Promise<string> {
  const { jwt } = await getJson<{ jwt: string }>(from, "/jwt");
  return jwt;
}

test("the key in the query opens, no key or a wrong one gives 401 with a reason", async () => {
  expect(await status(simulator, `/account?api_key=${simulator.apiKey}`)).toBe(200);
  expect(await status(simulator, "/account")).toBe(401);
  expect(await status(simulator, `/account?api_key=${simulator.apiKey.toUpperCase()}`)).toBe(401);
  const response = await fetch(`${simulator.url}/account?api_key=wrong`);
  expect(await response.json()).toMatchObject({
    status: 401,
    detail: "The caller could not be authenticated. The API key is not valid",
  });
});

test("a key in the header is no key", async () => {
  expect(await status(simulator, "/account", { authorization: `Bearer ${simulator.apiKey}` })).toBe(401);
});

test("a key is exchanged for a JWT, which opens in a header with or without Bearer, and as a cookie", async () => {
  const jwt = await token(simulator);
  expect(jwt.split(".")).toHaveLength(3);
  expect(await status(simulator, "/account", { authorization: `Bearer ${jwt}` })).toBe(200);
  expect(await status(simulator, "/account", { authorization: jwt })).toBe(200);
  expect(await status(simulator, "/account", { cookie: `theme=dark; jwt=${jwt}` })).toBe(200);
  expect(await status(simulator, "/account", { authorization: `Bearer ${jwt}x` })).toBe(401);
  expect(await status(simulator, "/jwt?api_key=wrong")).toBe(401);
  expect(await status(simulator, "/jwt", { authorization: jwt })).toBe(401);
  expect(simulator.secrets()).toContain(jwt);
});

test("a JWT ends with its lifetime, and every one at once on demand", async () => {
  const jwt = await token(simulator);
  now += 59_999;
  expect(await status(simulator, "/account", { authorization: jwt })).toBe(200);
  now += 1;
  expect(await status(simulator, "/account", { authorization: jwt })).toBe(401);
  const fresh = await token(simulator);
  expect(await status(simulator, "/account", { authorization: fresh })).toBe(200);
  simulator.authentication.expireTokens();
  expect(await status(simulator, "/account", { authorization: fresh })).toBe(401);
  expect(await status(simulator, `/account?api_key=${simulator.apiKey}`)).toBe(200);
});

test("a form of JWT can be switched off", async () => {
  await using picky = await startCliengoSimulator({ contacts: 1, jwtForms: ["raw"] });
  const jwt = await token(picky);
  expect(await status(picky, "/account", { authorization: jwt })).toBe(200);
  expect(await status(picky, "/account", { authorization: `Bearer ${jwt}` })).toBe(401);
  expect(await status(picky, "/account", { cookie: `jwt=${jwt}` })).toBe(401);
});

test("a revoked key closes everything, its JWTs too, from a given request on", async () => {
  await using simulator2 = await startCliengoSimulator({ contacts: 1 });
  const jwt = await token(simulator2);
  simulator2.changes.at(3, (_model, { authentication }) => authentication.revokeKey());
  expect((await fetch(address(simulator2, "/account"))).status).toBe(200);
  expect((await fetch(address(simulator2, "/account"))).status).toBe(401);
  expect(await status(simulator2, "/account", { authorization: jwt })).toBe(401);
  simulator2.authentication.restoreKey();
  expect((await fetch(address(simulator2, "/account"))).status).toBe(200);
});

test("the log says how a request showed who it is, and holds no credential", async () => {
  await using simulator2 = await startCliengoSimulator({ contacts: 1 });
  const jwt = await token(simulator2);
  await status(simulator2, "/account?withFeatures=true", { authorization: `Bearer ${jwt}`, "user-agent": "test/1" });
  await status(simulator2, "/account", { cookie: `jwt=${jwt}` });
  await status(simulator2, "/account");
  const log = simulator2.requests.all();
  expect(log.map(({ authentication, status: answered }) => [authentication, answered])).toEqual([
    ["api_key", 200],
    ["bearer", 200],
    ["cookie", 200],
    ["none", 401],
  ]);
  expect(log[1]).toMatchObject({
    number: 2,
    method: "GET",
    path: "/account",
    query: { withFeatures: "true" },
    headers: { "user-agent": "test/1" },
  });
  expect(JSON.stringify(log)).not.toContain(jwt);
  expect(JSON.stringify(log)).not.toContain(simulator2.apiKey);
});
