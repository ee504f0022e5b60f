import { describe, expect, it } from "vitest";
import { Cliengo } from "@typeload/cliengo-sdk";
import type { SimulatorOptions } from "@typeload/cliengo-simulator";
import { compareContents } from "./cliengo-contents.ts";
import { failureOf, openTrial } from "./cliengo-trial.ts";

const small: SimulatorOptions = { contacts: 12, conversations: 8, messagesPerConversation: 4, hostileText: false };
const resources = ["contacts", "contact_notes", "contact_messages", "contact_history"] as const;
const chats = ["conversations", "conversation_messages"] as const;
const everything = [...resources, ...chats];

describe("lists that hang on a contact or a conversation", () => {
  it("of several pages: each entry is a row once, also where entries have no id", { timeout: 60_000 }, async () => {
    await using trial = await openTrial({
      simulator: { ...small, conversations: 0, contactChildren: { notes: 130, messages: 120, history: 260 } },
    });
    const report = await trial.run({ source: { resources } });
    for (const name of resources) {
      const { rows, recordsRead, completeness } = report.resources[name] ?? expect.unreachable();
      expect([name, rows.inserted, completeness.read], `${recordsRead} records`).toEqual([
        name,
        completeness.expected,
        completeness.expected,
      ]);
    }
    await compareContents(trial, resources);
  });

  it.each([5, 60])("whose total lies (%i): no entry is doubled, and it is never proved", async (total) => {
    await using trial = await openTrial({ simulator: small });
    const { faults } = trial.simulator;
    const paths = ["notes", "messages", "history"].map((list) => `/contacts/:id/${list}`);
    for (const path of [...paths, "/conversations/:id/messages"])
      faults.add({ kind: "wrong-total", total, match: { path }, times: 1e6 });
    const first = await trial.run({ source: { resources: everything } });
    for (const name of ["contact_notes", "contact_messages", "contact_history", "conversation_messages"])
      expect(first.resources[name]?.completeness.rows, name).toBe("unproved");
    await compareContents(trial, everything);

    // What was not sure is asked for again, and then no more; lists of contacts once a run, since nothing tells that they grew.
    faults.clear();
    const { requests } = trial.simulator;
    const chatPath = "/conversations/:id/messages";
    const asked = (path: string, after: number) => requests.all({ path, where: ({ number }) => number > after }).length;
    let before = requests.count;
    const second = await trial.run({ source: { resources: everything } });
    for (const { completeness } of Object.values(second.resources)) expect(completeness.rows).toBe("proved");
    await compareContents(trial, everything);
    const repeated = asked(chatPath, before);
    expect(repeated).toBeGreaterThan(0);
    before = requests.count;
    await trial.run({ source: { resources: everything } });
    for (const path of paths) expect(asked(path, before), path).toBe(12);
    expect(asked(chatPath, before)).toBeLessThan(repeated / 2);
  });

  it("that answer 404 once: the next run asks again, although the parent did not change", async () => {
    await using trial = await openTrial({ simulator: small });
    const { faults, model } = trial.simulator;
    const contact = [...model.contacts.ids()].find((id) => (model.contactNotes.of(id)?.size ?? 0) > 0) ?? "";
    const conversation = model.conversations.idAt(3) ?? "";
    for (const path of [`/contacts/${contact}/notes`, `/conversations/${conversation}/messages`])
      faults.add({ kind: "status", status: 404, match: { path }, times: 1 });
    const { resources: report } = await trial.run({ source: { resources: everything } });
    for (const name of ["contact_notes", "conversation_messages"]) {
      expect(report[name]?.completeness.rows).toBe("unproved");
      expect(report[name]?.notes).toEqual([expect.stringContaining("the next run asks again")]);
    }
    await trial.run({ source: { resources: everything } });
    await compareContents(trial, everything);
  });

  it("whose parent is gone while it is read: that is proved, and not asked again", async () => {
    await using trial = await openTrial({ simulator: small });
    const { faults, model, requests } = trial.simulator;
    const gone = model.conversations.idAt(3) ?? "";
    const path = `/conversations/${gone}/messages`;
    faults.add({
      kind: "latency",
      milliseconds: 0,
      match: { path, where: () => model.conversations.delete(gone) },
    });
    const { resources: report } = await trial.run({ source: { resources: chats } });
    expect(report["conversation_messages"]).toMatchObject({
      completeness: { rows: "proved" },
      notes: [expect.stringMatching(new RegExp(`${gone} is gone`))],
    });
    await trial.run({ source: { resources: chats } });
    expect(requests.all({ path })).toHaveLength(1);
  });

  it("that grew since: what is new is loaded", async () => {
    await using trial = await openTrial({ simulator: small });
    await trial.run({ source: { resources: chats } });
    const { simulator } = trial;
    const cliengo = new Cliengo({ apiKey: simulator.apiKey, baseUrl: simulator.url, rateLimit: false });
    const id = simulator.model.conversations.idAt(5) ?? "";
    await cliengo.conversations.messages.create(id, { text: "One more", from: "user" });
    const { resources: report } = await trial.run({ source: { resources: chats } });
    expect(report["conversation_messages"]?.rows).toMatchObject({ inserted: 1, updated: 0 });
    await compareContents(trial, chats);
  });

  it("that a run did not come to, after their contacts were committed: the next run reads them", async () => {
    // Windows of the past: they are not read again for their own sake.
    await using trial = await openTrial({ simulator: { ...small, contacts: 160, ceiling: 50 } });
    const source = {
      resources: ["contacts", "contact_notes"],
      offsetCeiling: 50,
      trailingDays: 0,
      sweepWindows: 0,
    } as const;
    const { faults } = trial.simulator;
    faults.add({ kind: "status", status: 400, match: { path: "/contacts/:id/notes" }, nth: 20, times: 1e6 });
    await failureOf(trial.run({ source }));
    faults.clear();
    await trial.run({ source });
    await compareContents(trial, source.resources);
    // From then on only the window that is still open is read, and no list of a contact that did not change.
    const { resources } = await trial.run({ source });
    expect(resources["contacts"]?.partitions).toEqual({ read: 1, skipped: expect.any(Number) });
    expect(resources["contacts"]?.partitions.skipped).toBeGreaterThan(1);
  });
});
