import { expect } from "vitest";
import { formatReport } from "typeload/terminal";
import { openTrial } from "./cliengo-trial.ts";

/** The API answers offsets up to 1000, and a page holds 50. */
const inReach = 1050;

/**
 * More conversations than the API lets anyone read, in two runs: what the report says of them, its text, and the table of completeness.
 * Contacts, which can be read in windows, stand beside them and are proved.
 */
export async function loadTruncated(postgres?: string): Promise<void> {
  await using trial = await openTrial({
    postgres,
    simulator: { contacts: 20, conversations: 1200, messagesPerConversation: 0 },
  });
  const { simulator, database } = trial;
  const note = `Cliengo gives no more than the first ${inReach} records of this list`;
  const source = { resources: ["contacts", "conversations"] } as const;
  const none = { inserted: 0, updated: 0, unchanged: 0, deleted: 0 };
  for (const rows of [
    { ...none, inserted: inReach },
    { ...none, unchanged: inReach },
  ]) {
    const report = await trial.run({ source });
    expect(report.resources["conversations"]).toMatchObject({ outcome: "committed", rows });
    expect(report.resources["conversations"]?.completeness).toEqual({
      rows: "truncated",
      expected: 1200,
      read: inReach,
      note,
    });
    expect(report.resources["contacts"]?.completeness).toMatchObject({ rows: "proved", read: 20 });

    const text = formatReport(report);
    expect(text).toMatch(/^contacts .* proved$/m);
    expect(text).toMatch(/^conversations .* truncated: 1,050 of 1,200$/m);
    expect(text).toContain(`What could not be known, and remarks:\n  conversations: ${note}\n`);

    const stored = await database.query(
      "SELECT resource, rows, expected::text AS expected, read::text AS read, note " +
        `FROM cliengo_data._typeload_completeness WHERE run_id = '${report.runId}' ORDER BY resource`,
    );
    expect(stored).toEqual([
      { resource: "contacts", rows: "proved", expected: "20", read: "20", note: null },
      { resource: "conversations", rows: "truncated", expected: "1200", read: String(inReach), note },
    ]);
  }
  const ids = (await database.query("SELECT id FROM cliengo_data.conversations")).map(({ id }) => String(id));
  expect(ids.toSorted()).toEqual([...simulator.model.conversations.ids()].slice(0, inReach).toSorted());
}
