import type { Column, DataType, Table } from "@typeload/core";
import { systemTables } from "@typeload/core";
import { planPrepare } from "@typeload/destination-sql";
import { describe, expect, it } from "vitest";
import { duckdbCapabilities } from "../src/duckdb-capabilities.ts";
import { duckdbDialect } from "../src/duckdb-dialect.ts";

/** The statements that make tables in an empty dataset `ds`. */
function created(...tables: readonly Table[]): readonly string[] {
  const context = { dataset: "ds", dialect: duckdbDialect, capabilities: duckdbCapabilities, existing: new Map() };
  return planPrepare(tables, context).map(({ statement }) => statement.text);
}

const generated: readonly Column[] = [
  { name: "_dlt_load_id", dataType: "text", nullable: false },
  { name: "_dlt_id", dataType: "text", nullable: false, unique: true },
];
const tail = `"_dlt_load_id" VARCHAR NOT NULL, "_dlt_id" VARCHAR NOT NULL)`;

// Column for column what dlt 1.31 sends to DuckDB.
describe("tables are made as dlt makes them", () => {
  it("system tables", () => {
    expect(created(...systemTables).slice(0, 3)).toEqual([
      'CREATE TABLE IF NOT EXISTS "ds"."_dlt_version" ("version" BIGINT NOT NULL, "engine_version" BIGINT NOT NULL, "inserted_at" TIMESTAMP WITH TIME ZONE NOT NULL, "schema_name" VARCHAR NOT NULL, "version_hash" VARCHAR NOT NULL, "schema" VARCHAR NOT NULL)',
      'CREATE TABLE IF NOT EXISTS "ds"."_dlt_loads" ("load_id" VARCHAR NOT NULL, "schema_name" VARCHAR, "status" BIGINT NOT NULL, "inserted_at" TIMESTAMP WITH TIME ZONE NOT NULL, "schema_version_hash" VARCHAR)',
      'CREATE TABLE IF NOT EXISTS "ds"."_dlt_pipeline_state" ("version" BIGINT NOT NULL, "engine_version" BIGINT NOT NULL, "pipeline_name" VARCHAR NOT NULL, "state" VARCHAR NOT NULL, "created_at" TIMESTAMP WITH TIME ZONE NOT NULL, "version_hash" VARCHAR, "_dlt_load_id" VARCHAR NOT NULL, "_dlt_id" VARCHAR NOT NULL)',
    ]);
  });

  it("every type", () => {
    const types: readonly DataType[] = [
      "text",
      "bigint",
      "double",
      "bool",
      "timestamp",
      "date",
      "time",
      "decimal",
      "wei",
      "binary",
      "json",
    ];
    const columns = types.map((dataType): Column => ({ name: dataType, dataType }));
    expect(created({ name: "t", columns: [...columns, ...generated] })).toEqual([
      `CREATE TABLE IF NOT EXISTS "ds"."t" ("text" VARCHAR, "bigint" BIGINT, "double" DOUBLE, "bool" BOOLEAN, "timestamp" TIMESTAMP WITH TIME ZONE, "date" DATE, "time" TIME, "decimal" DECIMAL(38,9), "wei" DECIMAL(38,0), "binary" BLOB, "json" JSON, ${tail}`,
    ]);
  });

  it("precision", () => {
    const columns: readonly Column[] = [
      { name: "i8", dataType: "bigint", precision: 8 },
      { name: "i16", dataType: "bigint", precision: 16 },
      { name: "i32", dataType: "bigint", precision: 32 },
      { name: "i64", dataType: "bigint", precision: 64 },
      { name: "t10", dataType: "text", precision: 10 },
      { name: "d10_2", dataType: "decimal", precision: 10, scale: 2 },
      { name: "d20", dataType: "decimal", precision: 20 },
      { name: "ts0", dataType: "timestamp", precision: 0 },
      { name: "ts3", dataType: "timestamp", precision: 3 },
      { name: "ts6", dataType: "timestamp", precision: 6 },
      { name: "tsn", dataType: "timestamp", timezone: false },
      { name: "ti3", dataType: "time", precision: 3 },
      { name: "bin5", dataType: "binary", precision: 5 },
    ];
    expect(created({ name: "t", columns: [...columns, ...generated] })).toEqual([
      `CREATE TABLE IF NOT EXISTS "ds"."t" ("i8" TINYINT, "i16" SMALLINT, "i32" INTEGER, "i64" BIGINT, "t10" VARCHAR, "d10_2" DECIMAL(10,2), "d20" DECIMAL(20,9), "ts0" TIMESTAMP WITH TIME ZONE, "ts3" TIMESTAMP WITH TIME ZONE, "ts6" TIMESTAMP WITH TIME ZONE, "tsn" TIMESTAMP, "ti3" TIME, "bin5" BLOB, ${tail}`,
    ]);
  });

  it("reserved words and odd names", () => {
    const names = ["order", "select", "n_meros", "group__by", 'quo"te'];
    expect(created({ name: "t", columns: names.map((name): Column => ({ name, dataType: "bigint" })) })).toEqual([
      'CREATE TABLE IF NOT EXISTS "ds"."t" ("order" BIGINT, "select" BIGINT, "n_meros" BIGINT, "group__by" BIGINT, "quo""te" BIGINT)',
    ]);
  });
});

it("every type is read back from its name in the catalog", () => {
  const physical = (type: string) => ({ name: "c", type, nullable: true });
  const made: readonly Column[] = [
    { name: "c", dataType: "text" },
    { name: "c", dataType: "bigint", precision: 32 },
    { name: "c", dataType: "decimal", precision: 10, scale: 2 },
    { name: "c", dataType: "timestamp", timezone: false, precision: 9 },
    { name: "c", dataType: "timestamp", timezone: true },
    { name: "c", dataType: "json" },
  ];
  for (const { name: _name, ...type } of made) {
    expect(duckdbDialect.readColumnType(physical(duckdbDialect.columnType({ name: "c", ...type })))).toEqual(type);
  }
  expect(duckdbDialect.readColumnType(physical("UUID"))).toBeUndefined();
});
