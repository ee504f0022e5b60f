import { startCliengoSimulator, type CliengoSimulator } from "@typeload/cliengo-simulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { address, getJson, getPage, getText } from "./client.ts";

let simulator: CliengoSimulator;
beforeAll(async () => {
  simulator = await startCliengoSimulator({
    seed: 5,
    contacts: 1200,
    conversations: 1100,
    messagesPerConversation: 2,
    ceiling: { conversations: false },
  });
});
afterAll(() => simulator.close());

async function refusal(path: string): Promise<{ status: number; detail: unknown }> {
  const response = await fetch(address(simulator, path));
  // An error is an object, unless the simulator was told otherwise.
  const { detail } = (await response.json()) as { detail?: unknown };
  return { status: response.status, detail };
}

test("a page has 50 records unless asked otherwise, and says how many there are in all", async () => {
  const page = await getPage(simulator, "/contacts");
  expect(page.paging).toEqual({ limit: 50, total: 1200, offset: 0 });
  expect(page.results).toHaveLength(50);
  expect((await getPage(simulator, "/contacts?limit=3&offset=10")).results).toHaveLength(3);
});

test("pages put together are the whole list, newest first, nothing twice", async () => {
  const ids: string[] = [];
  const dates: number[] = [];
  for (let offset = 0; offset < 1100; offset += 100) {
    const page = await getPage(simulator, `/conversations?limit=100&offset=${offset}`);
    ids.push(...page.results.map(({ id }) => id));
    dates.push(...page.results.map(({ creationDate }) => Date.parse(creationDate)));
  }
  expect(ids).toEqual([...simulator.model.conversations.ids()]);
  expect(new Set(ids).size).toBe(1100);
  expect(dates).toEqual(dates.toSorted((a, b) => b - a));
});

test("an offset above 1000 is refused, whatever the filters; 1000 itself is answered", async () => {
  const last = await getPage(simulator, "/contacts?offset=1000");
  expect(last.results).toHaveLength(50);
  expect(last.paging.total).toBe(1200);
  const refused = { status: 400, detail: "The offset cannot be greater than 1000" };
  expect(await refusal("/contacts?offset=1001")).toEqual(refused);
  expect(await refusal("/contacts?offset=1001&since=2026-10-01&status=NEW")).toEqual(refused);
  expect(await refusal("/users?offset=1001")).toEqual(refused);
});

test("the ceiling can be lifted list by list", async () => {
  expect((await getPage(simulator, "/conversations?offset=1090")).results).toHaveLength(10);
});

test("past the end there is an empty page", async () => {
  const page = await getPage(simulator, "/users?offset=900");
  expect(page).toEqual({ paging: { limit: 50, total: 6, offset: 900 }, results: [] });
});

test("page, sort and order change nothing", async () => {
  const plain = await getText(simulator, "/contacts?limit=5");
  for (const query of ["page=3", "sort=asc", "order=creationDate:asc", "orderBy=1", "date_from=2026-10-30"]) {
    expect(await getText(simulator, `/contacts?limit=5&${query}`)).toBe(plain);
  }
});

test("a limit above 100 is cut to 100, and the answer says so", async () => {
  const page = await getPage(simulator, "/contacts?limit=500");
  expect(page.results).toHaveLength(100);
  expect(page.paging.limit).toBe(100);
});

test("a limit above the greatest can be refused instead", async () => {
  await using strict = await startCliengoSimulator({ contacts: 60, limit: { default: 10, most: 50, above: "refuse" } });
  expect((await getPage(strict, "/contacts")).results).toHaveLength(10);
  expect((await getPage(strict, "/contacts?limit=50")).results).toHaveLength(50);
  expect((await fetch(address(strict, "/contacts?limit=51"))).status).toBe(400);
});

test.for(["limit=0", "limit=-1", "limit=ten", "offset=-1", "offset=1.5", "limit="])("%s is refused", async (query) => {
  expect((await refusal(`/contacts?${query}`)).status).toBe(400);
});

test("a slash at the end of a path is tolerated", async () => {
  expect(await getText(simulator, "/account/")).toBe(await getText(simulator, "/account"));
  expect(await getText(simulator, "/contacts/?limit=2")).toBe(await getText(simulator, "/contacts?limit=2"));
});

test("what does not exist is answered with 404", async () => {
  expect((await refusal("/contacts/5f0cbe62162e0dec1910d198")).status).toBe(404);
  expect((await refusal("/contacts/x/notes")).status).toBe(404);
  expect((await refusal("/nothing")).status).toBe(404);
  const foreign = await fetch(address(simulator, `/contacts/${simulator.model.conversations.idAt(0)}`));
  expect(foreign.status).toBe(404);
});

test("answers are compressed for those who accept it, and are the same", async () => {
  const url = address(simulator, "/contacts?limit=20");
  const plain = await fetch(url, { headers: { "accept-encoding": "identity" } });
  const compressed = await fetch(url, { headers: { "accept-encoding": "gzip, deflate" } });
  expect(plain.headers.get("content-encoding")).toBeNull();
  expect(compressed.headers.get("content-encoding")).toBe("gzip");
  expect(Number(compressed.headers.get("content-length"))).toBeLessThan(Number(plain.headers.get("content-length")));
  expect(await compressed.text()).toBe(await plain.text());
});

test("lists can come in other envelopes", async () => {
  await using named = await startCliengoSimulator({
    contacts: 3,
    envelope: { contacts: "named", users: "array", contactNotes: "named" },
  });
  expect(Object.keys(await getJson(named, "/contacts"))).toEqual(["paging", "contacts"]);
  expect(await getJson<unknown[]>(named, "/users")).toHaveLength(6);
  expect(Object.keys(await getJson(named, `/contacts/${named.model.contacts.idAt(0)}/notes`))).toEqual([
    "paging",
    "notes",
  ]);
  expect(Object.keys(await getJson(named, "/conversations"))).toEqual(["paging", "results"]);
});

test("lists of users leave out what only a single user has", async () => {
  const page = await getPage(simulator, "/users");
  const single = await getJson(simulator, `/users/${page.results[0]?.id}`);
  const missing = ["roles", "privileges", "alreadyClosedFirstModal"];
  for (const member of missing) {
    expect(single).toHaveProperty(member);
    expect(page.results[0]).not.toHaveProperty(member);
  }
  expect([...simulator.model.users.listed()].map((user) => JSON.stringify(user))).toEqual(
    page.results.map((user) => JSON.stringify(user)),
  );
});

test("errors can come as text", async () => {
  await using text = await startCliengoSimulator({ contacts: 1, errorBody: "text" });
  const response = await fetch(address(text, "/contacts?offset=2000"));
  expect(response.headers.get("content-type")).toContain("text/plain");
  expect(await response.text()).toBe("The offset cannot be greater than 1000");
});
