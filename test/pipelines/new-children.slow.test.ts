import { expect, it } from "vitest";
import { Cliengo } from "@typeload/cliengo-sdk";
import { compareContents } from "./cliengo-contents.ts";
import { failureOf, openTrial } from "./cliengo-trial.ts";
import type { CliengoTrial } from "./cliengo-trial.ts";

const children = ["contact_notes", "contact_messages", "contact_history"] as const;
const resources = ["contacts", ...children] as const;

/** A note, a message and an entry of the history; the contact itself stays as it is. */
async function addChildren({ simulator }: CliengoTrial, contact: string): Promise<void> {
  const { model } = simulator;
  const cliengo = new Cliengo({ apiKey: simulator.apiKey, baseUrl: simulator.url, rateLimit: false });
  const before = model.contacts.get(contact);
  await cliengo.contacts.notes.create(contact, { message: "called twice" });
  await cliengo.contacts.messages.create(contact, { message: "Hello?" });
  const { epoch, text } = model.nextDate();
  model.contactHistory.of(contact)?.insert(epoch, () => ({ type: "TAG", to: "vip", creationDate: text }));
  expect(model.contacts.get(contact)).toEqual(before);
}

it("a note, a message and an entry of the history come with the next run, although their contact did not change", async () => {
  await using trial = await openTrial({ simulator: { contacts: 30, conversations: 0, hostileText: false } });
  await trial.run({ source: { resources } });
  for (const contact of [...trial.simulator.model.contacts.ids()].slice(0, 10)) await addChildren(trial, contact);
  const { resources: report } = await trial.run({ source: { resources } });
  for (const name of children) {
    expect(report[name]?.rows, name).toMatchObject({ inserted: 10, updated: 0, deleted: 0 });
    expect(report[name]?.completeness, name).not.toHaveProperty("freshness", expect.anything());
  }
  await compareContents(trial, resources);
});

it("of old contacts they come when their window is read again; until then the report says how fresh the lists are", async () => {
  await using trial = await openTrial({
    simulator: { contacts: 160, conversations: 0, ceiling: 50, hostileText: false },
  });
  const source = { resources, offsetCeiling: 50, trailingDays: 0, sweepWindows: 1 };
  const first = await trial.run({ source });
  for (const name of resources) expect(first.resources[name]?.completeness.freshness).toBeUndefined();
  const ids = [...trial.simulator.model.contacts.ids()];
  for (const contact of [ids[1], ids[80], ids[155]]) await addChildren(trial, contact ?? "");

  const inserted = { contact_notes: 0, contact_messages: 0, contact_history: 0 };
  const windows = first.resources["contacts"]?.partitions.read ?? 0;
  expect(windows).toBeGreaterThan(3);
  for (let run = 1; run < windows; run += 1) {
    const { resources: report } = await trial.run({ source });
    const { freshness } = report["contacts"]?.completeness ?? {};
    expect(freshness).toMatch(/^20/);
    for (const name of children) {
      inserted[name] += report[name]?.rows.inserted ?? 0;
      expect(report[name]?.completeness).toMatchObject({ rows: "likely", freshness });
      expect(report[name]?.completeness.note).toMatch(/window is read again/);
    }
  }
  expect(inserted).toEqual({ contact_notes: 3, contact_messages: 3, contact_history: 3 });
  await compareContents(trial, resources);
});

it("a run after one that was cut off does not ask again for the lists that one read", async () => {
  await using trial = await openTrial({ simulator: { contacts: 60, conversations: 0, hostileText: false } });
  const source = { resources: ["contacts", "contact_notes"] } as const;
  const { faults, requests, model } = trial.simulator;
  const path = "/contacts/:id/notes";
  // Those that do not say when they changed are asked again in any case.
  const dated = [...model.contacts].filter(({ lastUpdateDate }) => typeof lastUpdateDate === "string").length;
  faults.add({ kind: "status", status: 400, match: { path }, nth: 50, times: 1e6 });
  await failureOf(trial.run({ source }));
  faults.clear();
  const cutOff = requests.all({ path }).length;
  await trial.run({ source });
  const resumed = requests.all({ path }).length - cutOff;
  expect(resumed).toBeLessThan(60 - dated + 30);
  await compareContents(trial, source.resources);
  // The next one looks for what is new again, also in the lists that the one before left out.
  for (const contact of [...model.contacts.ids()].slice(0, 10)) await addChildren(trial, contact);
  await trial.run({ source });
  await compareContents(trial, source.resources);
});

it("messages of conversations that were left out are as fresh as the newest of them", async () => {
  await using trial = await openTrial({
    simulator: { contacts: 3, conversations: 12, messagesPerConversation: 3, hostileText: false },
  });
  const source = { resources: ["conversations", "conversation_messages"] } as const;
  const first = await trial.run({ source });
  expect(first.resources["conversation_messages"]?.completeness.freshness).toBeUndefined();
  const newest = [...trial.simulator.model.conversations]
    .flatMap(({ lastMessageDate }) => (typeof lastMessageDate === "string" ? [Date.parse(lastMessageDate)] : []))
    .toSorted((a, b) => a - b)
    .at(-1);
  const second = await trial.run({ source });
  expect(second.resources["conversation_messages"]?.completeness).toMatchObject({
    rows: "proved",
    freshness: new Date(newest ?? 0).toISOString(),
  });
});
