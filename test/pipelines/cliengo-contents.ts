import { expect } from "vitest";
import type { CliengoResourceName } from "@typeload/source-cliengo";
import { openTrial } from "./cliengo-trial.ts";
import type { CliengoTrial } from "./cliengo-trial.ts";
import { compareTables } from "./compare-tables.ts";
import { expectedTables } from "./expected-tables.ts";

export const everyResource = [
  "account",
  "users",
  "sites",
  "chatbots",
  "contacts",
  "contact_notes",
  "contact_messages",
  "contact_history",
  "conversations",
  "conversation_messages",
] as const;

/** Key column of each root table that has one. */
const keys = {
  account: "id",
  users: "id",
  sites: "id",
  chatbots: "website_id",
  contacts: "id",
  contact_notes: "id",
  conversations: "id",
  conversation_messages: "id",
};

/** Holds what is stored against the simulator's model as it is now: row by row, cell by cell, child tables included. */
export async function compareContents(
  trial: Pick<CliengoTrial, "simulator" | "database">,
  resources: readonly CliengoResourceName[],
): Promise<void> {
  await compareTables(expectedTables(trial.simulator.model, resources), trial.database.readTable, keys);
}

function requestsOf({ simulator }: CliengoTrial): { readonly contactLists: number; readonly others: number } {
  const lists = ["notes", "messages", "history"].map(
    (list) => simulator.requests.all({ path: `/contacts/:id/${list}` }).length,
  );
  const contactLists = lists.reduce((sum, count) => sum + count, 0);
  return { contactLists, others: simulator.requests.count - contactLists };
}

/**
 * The whole of Cliengo into a destination, twice: all ten resources, contacts past the ceiling. The second load must change nothing, say so,
 * and ask for less.
 */
export async function loadAndCompare(postgres?: string): Promise<void> {
  await using trial = await openTrial({
    postgres,
    simulator: { contacts: 1150, conversations: 60, messagesPerConversation: 6, hostileText: false },
  });
  const source = { resources: everyResource };
  const first = await trial.run({ source });
  expect(first.resources["contacts"]).toMatchObject({
    outcome: "committed",
    rows: { inserted: 1150, updated: 0, unchanged: 0, deleted: 0 },
    completeness: { rows: "proved", read: 1150 },
  });
  await compareContents(trial, everyResource);
  const asked = requestsOf(trial);

  const second = await trial.run({ source });
  for (const [name, { rows, childRows }] of Object.entries(second.resources)) {
    const changed = [rows, childRows].map(({ inserted, updated, deleted }) => inserted + updated + deleted);
    expect(changed, `${name}: changed rows of the second load`).toEqual([0, 0]);
  }
  expect(second.schemaChanges).toEqual([]);
  const again = requestsOf(trial);
  // Each list of a contact that is read again: nothing says that a note moves the contact's own date.
  expect(again.contactLists - asked.contactLists, "lists of contacts in the second run").toBeLessThanOrEqual(
    asked.contactLists,
  );
  expect(again.others - asked.others, "other requests of the second run").toBeLessThan(asked.others * 0.7);
  await compareContents(trial, everyResource);
}
