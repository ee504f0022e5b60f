import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PageBytes, PartitionVerdict } from "@typeload/core";
import type { RawPage } from "@typeload/cliengo-sdk";
import { readList } from "../src/reading/read-list.ts";

const limit = 5;

/** A list, newest first, that changes between requests: the changes stand in the order of the requests. */
function movingList(
  rows: string[],
  changes: readonly ((rows: string[]) => void)[],
  options: { ceiling?: number; total?: number | undefined; step?: number } = {},
) {
  let request = 0;
  return async function* (): AsyncGenerator<RawPage> {
    let offset = 0;
    for (;;) {
      changes[request]?.(rows);
      request += 1;
      const ids = rows.slice(offset, offset + limit);
      const total = "total" in options ? options.total : rows.length;
      const more = ids.length > 0 && offset + ids.length < (total ?? rows.length);
      const next = offset + (options.step ?? Math.max(1, ids.length - 1));
      const ceiling = more && next > (options.ceiling ?? Infinity);
      yield await Promise.resolve({
        bytes: new TextEncoder().encode(JSON.stringify({ results: ids.map((id) => ({ id })) })),
        at: "results",
        items: ids.length,
        offset,
        limit,
        total,
        ceiling,
        request: { method: "GET", path: "/list", query: { offset: String(offset) } },
        date: undefined,
        ids,
      });
      if (!more || ceiling) return;
      offset = next;
    }
  };
}

async function read(
  pass: () => AsyncIterable<RawPage>,
  sorted = true,
): Promise<{ ids: Set<string>; verdict: PartitionVerdict; pages: number }> {
  const pages: PageBytes[] = [];
  const generator = readList({ pass, sorted });
  for (;;) {
    const step = await generator.next();
    if (step.done === true) {
      const ids = pages.flatMap(({ bytes }) =>
        (JSON.parse(new TextDecoder().decode(bytes)) as { results: { id: string }[] }).results.map(({ id }) => id),
      ); // made above
      return { ids: new Set(ids), verdict: step.value, pages: pages.length };
    }
    pages.push(step.value);
  }
}

const rows = (count: number): string[] => Array.from({ length: count }, (_, index) => `r${index}`);

describe("readList", () => {
  it("reads records without a key once, whatever the total says, and repeats none", async () => {
    for (const [total, expected] of [
      [12, { rows: "likely", expected: 12, read: 12 }],
      [40, { rows: "unproved", expected: 40, read: 12 }],
    ] as const) {
      const overlaps: number[] = [];
      const list = movingList(rows(12), [], { total, step: limit });
      const generator = readList({
        pass: ({ overlap }) => (overlaps.push(overlap), list()),
        sorted: false,
        keyed: false,
      });
      let step = await generator.next();
      while (step.done !== true) step = await generator.next();
      expect(step.value).toMatchObject(expected);
      expect(overlaps).toEqual([0]);
    }
  });

  it("proves a list that one answer held", async () => {
    expect((await read(movingList(rows(3), []), false)).verdict).toEqual({ rows: "proved", expected: 3, read: 3 });
  });

  it("proves a sorted list whose pages are anchored, and calls an unsorted one likely", async () => {
    expect((await read(movingList(rows(23), []))).verdict).toEqual({ rows: "proved", expected: 23, read: 23 });
    expect((await read(movingList(rows(23), []), false)).verdict.rows).toBe("likely");
  });

  it("reads again when rows before the offset were deleted, and so finds the one that was skipped", async () => {
    const list = rows(12);
    const { ids, verdict } = await read(movingList(list, [() => {}, (current) => current.splice(0, 2)]));
    expect(list.every((id) => ids.has(id))).toBe(true);
    expect(verdict.rows).toBe("proved");
    expect(verdict.read).toBe(12);
  });

  it("does not read again for rows that were inserted", async () => {
    const { verdict, pages } = await read(movingList(rows(12), [() => {}, (current) => current.unshift("new")]));
    expect(verdict.rows).toBe("proved");
    expect(verdict.note).toMatch(/last total was 13/);
    expect(pages).toBe(3);
  });

  it("says truncated, with counts, at the ceiling", async () => {
    const { verdict } = await read(movingList(rows(40), [], { ceiling: 10 }));
    expect(verdict).toMatchObject({ rows: "truncated", expected: 40, read: 13 });
  });

  it("says unproved where the total lies, and where there is none", async () => {
    expect((await read(movingList(rows(4), [], { total: 9 }))).verdict).toMatchObject({
      rows: "unproved",
      expected: 9,
      read: 4,
    });
    expect((await read(movingList(rows(4), [], { total: undefined }))).verdict.rows).toBe("unproved");
  });

  it("loads every row that was there all the time, or does not claim to", async () => {
    const change = fc.record({ kind: fc.constantFrom("insert", "delete", "none"), at: fc.nat(40) });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 30 }),
        async (count, script) => {
          const list = rows(count);
          const untouched = new Set(list);
          let inserted = 0;
          const changes = script.map((steps) => (current: string[]) => {
            for (const { kind, at } of steps) {
              if (kind === "insert") current.unshift(`n${(inserted += 1)}`);
              if (kind === "delete" && current.length > 0) {
                for (const id of current.splice(at % current.length, 1)) untouched.delete(id);
              }
            }
          });
          const { ids, verdict } = await read(movingList(list, changes));
          if (verdict.rows === "proved") expect([...untouched].filter((id) => !ids.has(id))).toEqual([]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
