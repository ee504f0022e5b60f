import type { Column, Table } from "@typeload/core";
import { planPrepare } from "@typeload/destination-sql";
import type { PhysicalTable } from "@typeload/destination-sql";
import { describe, expect, it } from "vitest";
import { physical, plainDialect, shops } from "./plain-dialect.ts";

function planned(wanted: Table, ...existing: readonly (readonly [string, PhysicalTable])[]): readonly string[] {
  const capabilities = {
    widenings: [{ from: "bigint", to: "decimal" }],
    decimalPrecision: { precision: 38, scale: 9 },
  } as const;
  const context = { dataset: "ds", dialect: plainDialect, capabilities, existing: new Map(existing) };
  return planPrepare([wanted], context).map(
    ({ statement, unless }) => (unless === undefined ? "" : `UNLESS ${unless.text}: `) + statement.text,
  );
}

const tableOf = (...columns: readonly Column[]): Table => ({ name: "t", columns });

describe("planPrepare", () => {
  it("makes a missing table, without columns that have no type yet", () => {
    const wanted = { ...shops, columns: [...shops.columns, { name: "someday" }] };
    expect(planned(wanted)).toEqual([
      "CREATE TABLE IF NOT EXISTS [ds].[shops] ([id] bigint NOT NULL, [name] text, [_dlt_load_id] text, [_dlt_id] text UNIQUE NOT NULL)",
    ]);
    expect(planned(tableOf({ name: "someday" }))).toEqual([]);
  });

  it("has nothing to do when the shape is there", () => {
    expect(planned(shops, physical("shops", shops.columns))).toEqual([]);
  });

  it("adds columns as nullable, and NOT NULL only where no row is", () => {
    expect(planned(shops, physical("shops", shops.columns.slice(2)))).toEqual([
      "ALTER TABLE [ds].[shops] ADD COLUMN IF NOT EXISTS [id] bigint",
      "UNLESS SELECT 1 AS present FROM [ds].[shops] LIMIT 1: ALTER TABLE [ds].[shops] ALTER COLUMN [id] SET NOT NULL",
      "ALTER TABLE [ds].[shops] ADD COLUMN IF NOT EXISTS [name] text",
    ]);
  });

  it.each<[string, Column, Column, readonly string[]]>([
    [
      "a listed widening",
      { name: "c", dataType: "bigint" },
      { name: "c", dataType: "decimal" },
      ["WIDEN [ds].[t].[c] TO decimal"],
    ],
    [
      "what is wider already",
      { name: "c", dataType: "decimal", precision: 38, scale: 9 },
      { name: "c", dataType: "bigint" },
      [],
    ],
    [
      "more characters",
      { name: "c", dataType: "text", precision: 5 },
      { name: "c", dataType: "text" },
      ["WIDEN [ds].[t].[c] TO text"],
    ],
    ["fewer characters", { name: "c", dataType: "text" }, { name: "c", dataType: "text", precision: 5 }, []],
    [
      "digits traded for others",
      { name: "c", dataType: "decimal", precision: 10, scale: 5 },
      { name: "c", dataType: "decimal", precision: 12, scale: 2 },
      [],
    ],
    [
      "NOT NULL given up",
      { name: "c", dataType: "text", nullable: false },
      { name: "c", dataType: "text" },
      ["ALTER TABLE [ds].[t] ALTER COLUMN [c] DROP NOT NULL"],
    ],
    [
      "NOT NULL wished for later",
      { name: "c", dataType: "text" },
      { name: "c", dataType: "text", nullable: false },
      [],
    ],
    ["a type of someone else's", { name: "c", dataType: "json" }, { name: "c", dataType: "text" }, []],
  ])("%s", (_title, before, after, expected) => {
    expect(planned(tableOf(after), physical("t", [before]))).toEqual(expected);
  });

  it("refuses what would round", () => {
    const [before, after] = [
      { name: "c", dataType: "decimal", precision: 12, scale: 2 },
      { name: "c", dataType: "decimal", precision: 10, scale: 5 },
    ] as const;
    expect(() => planned(tableOf(after), physical("t", [before]))).toThrow("values would be rounded");
  });

  it("refuses what could change values", () => {
    expect(() =>
      planned(tableOf({ name: "c", dataType: "bigint" }), physical("t", [{ name: "c", dataType: "text" }])),
    ).toThrow("ds.t.c is text in the destination, and the schema says bigint");
  });
});
