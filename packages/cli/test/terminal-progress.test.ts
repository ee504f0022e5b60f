import { describe, expect, it } from "vitest";
import type { RunEvent } from "@typeload/core";
import { terminalProgress } from "../src/terminal.ts";

const page = (resource: string): RunEvent => ({
  type: "page-read",
  resource,
  partition: "whole",
  records: 50,
  bytes: 10_000,
});

function record(isTTY: boolean, events: readonly RunEvent[], stepMs: number): string {
  let written = "";
  let time = 0;
  const stream = {
    isTTY,
    columns: 40,
    write: (text: string) => {
      written += text;
    },
  };
  {
    using progress = terminalProgress({ stream, now: () => time });
    for (const event of events) {
      time += stepMs;
      progress.onEvent(event);
    }
  }
  return written;
}

const events: readonly RunEvent[] = [
  { type: "resource-started", resource: "contacts" },
  page("contacts"),
  page("contacts"),
  { type: "resource-read", resource: "contacts", partitions: 1, records: 100 },
  {
    type: "package-committed",
    loadId: "1.5",
    tables: { contacts: { inserted: 1, updated: 0, unchanged: 0, deleted: 0 } },
  },
];

describe("terminalProgress", () => {
  it("says that requests wait, but not each of them", () => {
    let written = "";
    let time = 0;
    const progress = terminalProgress({ stream: { write: (text) => (written += text) }, now: () => time });
    for (const at of [0, 100, 4000, 6000]) {
      time = at;
      progress.waiting(200, "a blink");
      progress.waiting(30_000, "429 at GET /contacts");
    }
    expect(written).toBe("waiting 30 s before asking again: 429 at GET /contacts\n".repeat(2));
  });

  it("writes plain lines where there is no terminal, and not one a page", () => {
    expect(record(false, events, 1000)).toBe(
      "contacts: 2 pages, 100 records read, 20.0 kB, 33 records/s, 3.0 s\ncommitted load 1.5: 1 table changed\n",
    );
  });

  it("says where a package went that can never be loaded, and when a commit changed nothing", () => {
    const unchanged = { inserted: 0, updated: 0, unchanged: 7, deleted: 0 };
    const written = record(
      false,
      [
        { type: "package-set-aside", loadId: "1.4", location: "work/rejected/1.4", message: "no id" },
        { type: "package-committed", loadId: "1.5", tables: { contacts: unchanged, contacts__tags: unchanged } },
      ],
      1000,
    );
    expect(written).toBe(
      "load 1.4 of an earlier run can never be loaded and is read again (it is kept in work/rejected/1.4): no id\n" +
        "committed load 1.5: nothing changed\n",
    );
  });

  it("shows long work every five seconds", () => {
    expect(record(false, [events[0]!, page("contacts"), page("contacts")], 6000).split("\n")).toEqual([
      "contacts: 1 page, 50 records read, 10.0 kB, 8 records/s",
      "contacts: 2 pages, 100 records read, 20.0 kB, 8 records/s",
      "",
    ]);
  });

  it("rewrites one line on a terminal, never wider than it, and clears it at the end", () => {
    const written = record(true, events.slice(0, 3), 200);
    const lines = written.split("\r\u001B[K");
    expect(lines.every((line) => line.length < 40)).toBe(true);
    expect(lines).toContain("contacts: 2 pages, 100 records read, 20");
    expect(written.endsWith("\r\u001B[K")).toBe(true);
    expect(written).not.toContain("\n");
  });
});
