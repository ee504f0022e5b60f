import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RowBatch, maximumBatchBytes, maximumBatchRows } from "../../src/normalize/row-batch.ts";
import type { WriteDispositionOption } from "../../src/source/resource.ts";
import type { CellRow } from "../../src/testing/cell-value.ts";
import { readRowBatch } from "../../src/testing/read-row-batch.ts";
import { type Normalized, normalizePages, page, resource } from "./normalize-pages.ts";

/** Rows as text without nulls: the same cell may be 1n in an earlier version of a table and 1 or "1" in a later one. */
const asText = (rows: readonly CellRow[]) =>
  rows.map((row) =>
    Object.fromEntries(
      Object.entries(row)
        .filter(([, value]) => value !== null)
        .map(([name, value]) => [name, String(value)]),
    ),
  );

const comparable = ({ rows, batches, normalizer }: Normalized) => ({
  rows: Object.fromEntries(Object.entries(rows).map(([table, all]) => [table, asText(all)])),
  ordinals: Object.fromEntries(
    Object.entries(Object.groupBy(batches, ({ table }) => table.name)).map(([table, all]) => [
      table,
      all?.flatMap(({ ordinals }) => [...ordinals]),
    ]),
  ),
  schema: normalizer.schema,
  changes: normalizer.changes,
});

const scalar = fc.oneof(
  fc.constantFrom("1", "-5", "9007199254740993", "12345678901234567890", "1.5", "1.0", "1e3", "0.1234567890123456789"),
  fc.constantFrom("true", "false", "null", '"x"', '"é🦚"', '""', '"2024-01-15T10:30:00Z"', '"12"'),
);
const key = fc.constantFrom("id", "ID", "a", "A", "a__b", "b", "list", "value", "_dlt_id", "1", "__proto__", "");
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie("json"), { maxLength: 3 }).map((elements) => `[${elements.join(",")}]`) },
    {
      weight: 2,
      arbitrary: fc
        .uniqueArray(fc.tuple(key, tie("json")), { maxLength: 4, selector: ([name]) => name })
        .map((members) => `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`),
    },
  ),
}));

/** The records cut into pages. */
function pagesOf(records: readonly string[], cuts: readonly number[]) {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (records.length + 1)), records.length])].toSorted(
    (a, b) => a - b,
  );
  return places.slice(1).map((end, index) => page(`[${records.slice(places[index], end).join(",")}]`));
}

describe("any batching", () => {
  test("of the same records in the same order gives the same rows, ids, ordinals and schema", () => {
    const disposition = fc.constantFrom<WriteDispositionOption>("append", "merge", { merge: "scd2" });
    fc.assert(
      fc.property(
        fc.array(json, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(), { maxLength: 4 }),
        disposition,
        fc.nat(3),
        (records, cuts, writeDisposition, maxTableNesting) => {
          const resources = [resource({ writeDisposition, maxTableNesting })];
          const whole = normalizePages([page(`[${records.join(",")}]`)], { resources });
          const cut = normalizePages(pagesOf(records, cuts), { resources, flushEach: true });
          expect(comparable(cut)).toEqual(comparable(whole));
        },
      ),
      { numRuns: 400 },
    );
  });

  test("a second load of the same records changes nothing in the schema", () => {
    fc.assert(
      fc.property(fc.array(json, { minLength: 1, maxLength: 8 }), (records) => {
        const pages = [page(`[${records.join(",")}]`)];
        const first = normalizePages(pages);
        const second = normalizePages(pages, { schema: first.normalizer.schema, loadId: "2.0" });
        const third = normalizePages(pages, { schema: second.normalizer.schema, loadId: "2.0" });
        expect(third.normalizer.changes).toEqual([]);
        expect(third.normalizer.schema).toEqual(second.normalizer.schema);
        expect(comparable(third).rows).toEqual(comparable(second).rows);
      }),
      { numRuns: 300 },
    );
  });
});

describe("no value is lost", () => {
  /** Every scalar of a JSON text that is not null, as the text of a cell. */
  const scalarsOf = (value: unknown): string[] => {
    if (value === null) return [];
    if (typeof value !== "object") return [String(value)];
    return Object.values(value).flatMap(scalarsOf);
  };
  const cellsOf = ({ rows }: Normalized) =>
    Object.values(rows).flatMap((all) =>
      all.flatMap((row) =>
        Object.entries(row)
          .filter(([name, value]) => value !== null && !ours.has(name))
          .map(([, value]) => String(value)),
      ),
    );
  const ours = new Set(["_dlt_id", "_dlt_load_id", "_dlt_parent_id", "_dlt_list_idx"]);
  const plain = fc.array(
    json.filter((text) => !/__proto__|\d{16}|1\.0|1e3|2024|"1"/.test(text)),
    { minLength: 1, maxLength: 6 },
  );

  test("whatever keys collide and types change", () => {
    fc.assert(
      fc.property(plain, (records) => {
        const text = `[${records.join(",")}]`;
        // A root item that is a list is wrapped, so its scalars stay too.
        expect(cellsOf(normalizePages([page(text)])).toSorted()).toEqual(scalarsOf(JSON.parse(text)).toSorted());
      }),
      { numRuns: 500 },
    );
  });
});

describe("a batch", () => {
  const batchesOf = (batches: readonly RowBatch[], table: string) =>
    batches.filter((batch) => batch.table.name === table);

  test("holds at most the maximum of rows, also when one record has more children", () => {
    const count = maximumBatchRows * 2 + 5;
    const { batches, rows } = normalizePages([
      page([
        { id: 1, l: Array.from({ length: count }, (_, index) => index) },
        { id: 2, l: [7] },
      ]),
    ]);
    expect(batchesOf(batches, "t__l").map(({ rowCount }) => rowCount)).toEqual([maximumBatchRows, maximumBatchRows, 6]);
    expect(rows["t__l"]?.map((row) => row["value"])).toEqual([
      ...Array.from({ length: count }, (_, index) => BigInt(index)),
      7n,
    ]);
    expect(new Set(rows["t__l"]?.slice(0, count).map((row) => row["_dlt_parent_id"]))).toEqual(
      new Set([rows["t"]?.[0]?.["_dlt_id"]]),
    );
  });

  test("ends when its buffer is full, and a huge row still goes through", () => {
    const text = "é".repeat(500_000);
    const records = Array.from({ length: 12 }, (_, index) => ({ index, text }));
    const { batches, rows } = normalizePages([
      page([...records, { index: 12, text: "x".repeat(maximumBatchBytes * 2) }]),
    ]);
    expect(batches.length).toBe(3);
    expect(batches.every(({ bytes }) => bytes.length < maximumBatchBytes * 2 + 3_000_000)).toBe(true);
    expect(rows["t"]?.map((row) => row["index"])).toEqual(Array.from({ length: 13 }, (_, index) => BigInt(index)));
    expect(rows["t"]?.slice(0, 12).every((row) => row["text"] === text)).toBe(true);
  });

  test("has every column with a type, in the table's order, as long as it has rows; ordinals name the root record", () => {
    const { batches } = normalizePages([page('[{"a":1,"l":[1,2]},{"b":"x","l":[{"m":[3]}]}]')]);
    for (const batch of batches) {
      expect(batch.columns.map(({ column }) => column)).toEqual(batch.table.columns);
      for (const vector of batch.columns) expect(vector.valid.length).toBe(batch.rowCount);
    }
    expect(batches.map(({ table, ordinals }) => [table.name, [...ordinals]])).toEqual([
      ["t", [1, 2]],
      ["t__l", [1, 1, 2]],
      ["t__l__m", [2]],
    ]);
  });

  test("stays as it is when more pages come", () => {
    const pages = [page('[{"a":"x","l":[1]}]'), page('[{"a":"yyyy","b":2,"l":[2]},{"a":1.5}]')];
    const { batches } = normalizePages(pages, { flushEach: true });
    const first = batches.find(({ table }) => table.name === "t");
    expect(first === undefined ? [] : asText(readRowBatch(first)).map(({ a }) => a)).toEqual(["x"]);
    expect(first?.table.columns.map(({ name }) => name)).toEqual(["a", "_dlt_load_id", "_dlt_id"]);
  });

  test("counts what was handed over", () => {
    const { normalizer } = normalizePages([page('[{"l":[1,2]},{"l":[3]}]'), page("[{}]")]);
    expect(
      [...normalizer.staged].map(([name, versions]) => [
        name,
        versions.map(({ tableVersion, rows }) => [tableVersion, rows]),
      ]),
    ).toEqual([
      ["t", [[1, 3]]],
      ["t__l", [[1, 3]]],
    ]);
  });
});
