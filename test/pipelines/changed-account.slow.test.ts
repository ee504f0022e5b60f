import { expect, it } from "vitest";
import { Cliengo } from "@typeload/cliengo-sdk";
import { compareContents } from "./cliengo-contents.ts";
import { failureOf, openTrial, trialSource } from "./cliengo-trial.ts";

const resources = ["contacts", "contact_notes", "conversations", "conversation_messages"] as const;

it("what was created and edited between two runs is there after the second, and the report counts just that", async () => {
  await using trial = await openTrial({
    simulator: { contacts: 140, conversations: 20, messagesPerConversation: 3, hostileText: false },
  });
  const { simulator } = trial;
  await trial.run({ source: { resources } });
  const cliengo = new Cliengo({ apiKey: simulator.apiKey, baseUrl: simulator.url, rateLimit: false });
  const ids = [...simulator.model.contacts.ids()];
  const [first = "", second = ""] = ids;
  await cliengo.contacts.update(first, { name: "Renamed" });
  await cliengo.contacts.setStatus(second, "closed");
  await cliengo.contacts.notes.create(second, { message: "called twice" });
  const site = simulator.model.sites.idAt(0) ?? "";
  await cliengo.contacts.create({ websiteId: site, name: "New", email: "new@example.com" });

  const { resources: report } = await trial.run({ source: { resources } });
  expect(report["contacts"]?.rows).toEqual({ inserted: 1, updated: 2, unchanged: 138, deleted: 0 });
  expect(report["contact_notes"]?.rows).toMatchObject({ inserted: 1, updated: 0, deleted: 0 });
  expect(report["conversations"]?.rows).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
  await compareContents(trial, resources);
});

it("another account is refused: the rows of two would mix", async () => {
  await using trial = await openTrial({ simulator: { contacts: 5, conversations: 0 } });
  await trial.run({ source: { resources: ["contacts"] } });
  await using other = await openTrial({ simulator: { contacts: 6, conversations: 0 } });
  const source = trialSource(other.simulator, { resources: ["contacts"] });
  const error = await failureOf(trial.pipeline().run(source));
  expect(error).toMatchObject({ code: "other_identity" });
  expect(error.message).toContain(
    `account ${trial.simulator.model.account.id}, and this is account ${other.simulator.model.account.id}`,
  );
  expect(await trial.database.query("SELECT count(*)::INTEGER AS contacts FROM cliengo_data.contacts")).toEqual([
    { contacts: 5 },
  ]);
});
