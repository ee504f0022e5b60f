import { expect, test } from "vitest";
import type { Cliengo } from "@typeload/cliengo-sdk";
import { client, failureOf } from "./client.ts";

test.each([
  ["a note", "null", (cliengo: Cliengo) => cliengo.contacts.notes.create("c1", { message: "hi" })],
  [
    "a list of notes",
    '{"results": [null]}',
    (cliengo: Cliengo) => cliengo.contacts.notes.list("c1").toArray({ max: 9 }),
  ],
  ["a count", "null", (cliengo: Cliengo) => cliengo.conversations.count({ websiteId: "s1" })],
  ["a count", '{"total": 5}', (cliengo: Cliengo) => cliengo.conversations.count({ websiteId: "s1" })],
])("%s of another shape (%s) is said to be one", async (_, body, call) => {
  const fetch = () => Promise.resolve(new Response(body));
  expect(await failureOf(call(client({ fetch })))).toMatchObject({
    code: "ERR_CLIENGO_UNREADABLE_RESPONSE",
    reason: "shape",
    retryable: false,
  });
});

test("a note whose creation is answered with nothing is the wrong shape, not a broken program", async () => {
  const fetch = () => Promise.resolve(new Response(null, { status: 204 }));
  const error = await failureOf(client({ fetch }).contacts.notes.create("c1", { message: "hi" }));
  expect(error).toMatchObject({ reason: "shape", status: 204 });
});
