import { expect } from "vitest";
import { createPipeline } from "@typeload/core";
import type { Destination } from "@typeload/core";
import { startCliengoSimulator } from "@typeload/cliengo-simulator";
import { cliengoSource } from "@typeload/source-cliengo";
import { compareTables } from "./compare-tables.ts";
import type { ReadTable } from "./compare-tables.ts";
import { expectedTables } from "./expected-tables.ts";

const resources = [
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

/**
 * The whole of Cliengo into a destination, twice: all ten resources, contacts past the ceiling. The tables are held against the simulator's model
 * row by row and cell by cell, read by plain SQL; the second load must change nothing and say so.
 */
export async function loadAndCompare(options: {
  readonly destination: Destination;
  readonly workingDirectory: string;
  readonly readTable: ReadTable;
}): Promise<void> {
  await using simulator = await startCliengoSimulator({
    seed: 7,
    contacts: 1500,
    conversations: 60,
    messagesPerConversation: 6,
  });
  const pipeline = createPipeline({
    name: "cliengo",
    destination: options.destination,
    dataset: "cliengo_data",
    workingDirectory: options.workingDirectory,
  });
  const source = cliengoSource({ apiKey: simulator.apiKey, baseUrl: simulator.url, rateLimit: false, resources });
  const first = await pipeline.run(source);
  expect(first.resources.contacts).toMatchObject({
    outcome: "committed",
    rows: { inserted: 1500, updated: 0, unchanged: 0, deleted: 0 },
  });
  const expected = expectedTables(simulator.model, resources);
  await compareTables(expected, options.readTable, keys);

  const second = await pipeline.run(source);
  for (const [name, { rows, childRows }] of Object.entries(second.resources)) {
    const changed = [rows, childRows].map(({ inserted, updated, deleted }) => inserted + updated + deleted);
    expect(changed, `${name}: changed rows of the second load`).toEqual([0, 0]);
  }
  expect(second.schemaChanges).toEqual([]);
  await compareTables(expected, options.readTable, keys);
}
