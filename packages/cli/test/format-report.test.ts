import { describe, expect, it } from "vitest";
import type { ResourceReport, RunReport } from "@typeload/core";
import { formatReport } from "../src/terminal.ts";

const none = { inserted: 0, updated: 0, unchanged: 0, deleted: 0 };

const contacts: ResourceReport = {
  table: "contacts",
  outcome: "committed",
  recordsRead: 1234,
  pages: 25,
  partitions: { read: 2, skipped: 0 },
  rows: { ...none, inserted: 1200, updated: 30 },
  childRows: { ...none, inserted: 2000 },
  seconds: 1.25,
  completeness: { rows: "proved", expected: 1230, read: 1230 },
  notes: [],
  notesDropped: 0,
  discarded: [],
};

const report: RunReport = {
  runId: "r",
  pipeline: "cliengo",
  source: "cliengo",
  destination: { name: "duckdb", location: "cliengo.duckdb" },
  dataset: "cliengo_data",
  startedAt: "2026-11-01T00:00:00.000Z",
  seconds: 2.5,
  resources: {
    contacts,
    conversations: {
      ...contacts,
      table: "conversations",
      rows: { ...none, inserted: 1050 },
      childRows: none,
      seconds: 75,
      completeness: {
        rows: "truncated",
        expected: 5000,
        read: 1050,
        note: "the API refuses offsets above 1000",
        freshness: "2026-10-01",
      },
      notes: ["a", "b", "c", "d", "e", "f"],
      notesDropped: 3,
    },
  },
  schemaChanges: [
    { kind: "table-added", table: "contacts" },
    { kind: "column-added", table: "contacts", column: "id", dataType: "text" },
    { kind: "variant-added", table: "contacts", column: "score__v_double", of: "score", dataType: "double" },
    { kind: "column-added", table: "users", column: "labs", dataType: "json" },
    { kind: "name-collision", table: "users", column: "id_1", keys: ["ID", "id"] },
  ],
  packages: [{ loadId: "1.5", origin: "this-run", outcome: "committed", partitions: 3, pages: 50, bytes: 1_400_000 }],
};

describe("formatReport", () => {
  it("makes each resource a record of its own where the terminal is too narrow for a table", () => {
    const text = formatReport(report, { columns: 40 });
    expect(text.split("\n").slice(0, 17)).toEqual([
      "contacts",
      "  inserted      1,200",
      "  updated       30",
      "  unchanged     0",
      "  deleted       0",
      "  child rows    2,000",
      "  time          1.3 s",
      "  completeness  proved",
      "conversations",
      "  inserted      1,050",
      "  updated       0",
      "  unchanged     0",
      "  deleted       0",
      "  child rows    0",
      "  time          1 min 15 s",
      "  completeness  truncated: 1,050 of 5,000",
      "",
    ]);
    expect(formatReport(report, { columns: 106 })).toBe(formatReport(report));
  });

  it("lays a run out as a table, with what could not be known below it", () => {
    expect(formatReport(report, { queries: ["SELECT 1"] }).split("\n")).toEqual([
      "resource       inserted  updated  unchanged  deleted  child rows        time  completeness",
      "─────────────  ────────  ───────  ─────────  ───────  ──────────  ──────────  ─────────────────────────",
      "contacts          1,200       30          0        0       2,000       1.3 s  proved",
      "conversations     1,050        0          0        0           0  1 min 15 s  truncated: 1,050 of 5,000",
      "",
      "4,250 new rows, 30 updated, 0 deleted (child rows included).",
      "1.4 MB of pages in 2.5 s.",
      "Data: duckdb, cliengo.duckdb, dataset cliengo_data.",
      "",
      "What could not be known, and remarks:",
      "  conversations: the API refuses offsets above 1000",
      "  conversations: rows created before 2026-10-01 were not read again; edits of them are not seen.",
      "  conversations: a",
      "  conversations: b",
      "  conversations: c",
      "  conversations: d",
      "  conversations: e",
      "  conversations: … and 4 remarks more (report.resources.conversations.notes).",
      "Schema: 1 new table, 2 new columns besides theirs.",
      "  contacts.score__v_double (double) takes values that do not fit score",
      "  new column users.labs (json)",
      '  users: keys "ID" and "id" want one name; the later one is id_1',
      "  new table contacts",
      "",
      "Try:",
      "  SELECT 1",
      "",
    ]);
  });

  it("takes a source at its word, without a doubt below the table", () => {
    const completeness = { rows: "proved", read: 5, note: "declared by the source" } as const;
    const text = formatReport({ ...report, resources: { contacts: { ...contacts, completeness } } });
    expect(text).toMatch(/contacts .* proved \(complete, as the source says\)$/m);
    expect(text).not.toMatch(/could not be known|declared/);
  });

  it("says so when nothing is new", () => {
    const quiet: RunReport = {
      ...report,
      resources: { contacts: { ...contacts, rows: { ...none, unchanged: 5 }, childRows: { ...none, unchanged: 9 } } },
      schemaChanges: [],
      packages: [],
    };
    const text = formatReport(quiet);
    expect(text).toContain("0 new rows: nothing changed since the last load.");
    expect(text).toContain("Schema: no changes.");
  });

  it("leaves out columns of zeros where the table is too wide, and does not take an unknown width for none", () => {
    const only = { ...report, resources: { contacts } };
    const wide = formatReport(only).split("\n")[0] ?? "";
    const narrow = formatReport(only, { columns: wide.length - 1 }).split("\n")[0] ?? "";
    expect(narrow).toMatch(/^resource +inserted .*completeness$/);
    expect(narrow).not.toContain("deleted");
    expect(narrow.length).toBeLessThan(wide.length);
    expect(formatReport(report, { columns: 0 })).toBe(formatReport(report));
  });
});
