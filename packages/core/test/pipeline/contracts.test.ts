import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/run-events.ts";
import type { ContractOption } from "../../src/source/contract.ts";
import { createPipeline } from "../../src/pipeline/create-pipeline.ts";
import { defineResource } from "../../src/source/define-resource.ts";
import { defineSource } from "../../src/source/define-source.ts";
import { memoryDestination } from "../../src/testing/memory-destination.ts";
import { rowsOf } from "./contents.ts";
import { rejectionOf } from "./rejection.ts";
import { temporaryFolders } from "./temporary-folder.ts";

const newFolder = temporaryFolders();

/** Loads lists of records one run after another, each under its contract. */
function trial() {
  const destination = memoryDestination();
  const workingDirectory = newFolder();
  const events: RunEvent[] = [];
  const load = async (contract: ContractOption | undefined, records: readonly Order[]) => {
    const orders = defineResource({
      name: "orders",
      primaryKey: "id",
      writeDisposition: "merge",
      contract,
      read: () => records,
    });
    const pipeline = createPipeline({ name: "contracts", destination, dataset: "shop", workingDirectory });
    const source = defineSource({ name: "shop", resources: [orders] });
    return await pipeline.run(source, { onEvent: (event) => events.push(event) });
  };
  const rows = (table: string) => rowsOf(destination, "shop", table);
  const data = async (table: string) =>
    (await rows(table)).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith("_dlt"))),
    );
  return { load, rows, data, events };
}

interface Order {
  readonly id: number;
  readonly [member: string]: unknown;
}

const first: readonly Order[] = [{ id: 1, total: 10, lines: [{ sku: "a", count: 1 }] }];

describe("a contract", () => {
  it("puts rows into quarantine with table, path, reason, content and load id, and the rest into the tables", async () => {
    const { load, rows, data, events } = trial();
    await load(undefined, first);
    const bad = { id: 2, total: "many", lines: [{ sku: "b", count: 2 }] };
    const { resources } = await load({ columns: "quarantine", dataType: "quarantine" }, [
      bad,
      {
        id: 3,
        total: 30,
        lines: [
          { sku: "c", count: 3 },
          { sku: "d", colour: "red" },
          { sku: "e", count: 5n ** 40n },
        ],
      },
    ]);
    expect(await data("orders")).toEqual([
      { id: 1, total: 10 },
      { id: 3, total: 30 },
    ]);
    expect(await data("orders__lines")).toEqual([
      { sku: "a", count: 1 },
      { sku: "c", count: 3 },
    ]);
    const loadIds = (await rows("orders")).map((row) => row["_dlt_load_id"]);
    expect(await rows("_typeload_quarantine")).toEqual(
      [
        {
          table_name: "orders",
          path: "$",
          reason: 'column "total" is bigint, the value is text',
          record: JSON.stringify(bad),
        },
        {
          table_name: "orders__lines",
          path: "$.lines[1]",
          reason: 'column "colour" is new (text)',
          record: '{"sku":"d","colour":"red"}',
        },
        {
          table_name: "orders__lines",
          path: "$.lines[2]",
          reason: 'column "count" is bigint, the value is decimal',
          record: `{"sku":"e","count":${5n ** 40n}}`,
        },
      ].map((row) => ({ load_id: loadIds[1], resource: "orders", ...row })),
    );
    const found = [
      { resource: "orders", table: "orders", column: "total", entity: "dataType", mode: "quarantine", count: 1 },
      { resource: "orders", table: "orders__lines", column: "colour", entity: "columns", mode: "quarantine", count: 1 },
      { resource: "orders", table: "orders__lines", column: "count", entity: "dataType", mode: "quarantine", count: 1 },
    ];
    expect(resources.orders.discarded).toEqual(found);
    expect(events.filter(({ type }) => type === "contract-applied")).toMatchObject(found);
    expect(resources.orders.rows).toMatchObject({ inserted: 1 });
  });

  it("keeps whole lists that want a new table in quarantine, and the records of a table that may not be", async () => {
    const { load, rows, data } = trial();
    await load(undefined, [{ id: 1, deep: { a: 1 } }]);
    await load({ tables: "quarantine" }, [{ id: 2, deep: { "odd key": [{ x: 1 }, 2] } }]);
    expect(await data("orders")).toEqual([
      { id: 1, deep__a: 1 },
      { id: 2, deep__a: null },
    ]);
    expect(await rows("_typeload_quarantine")).toMatchObject([
      {
        table_name: "orders__deep__odd_key",
        path: '$.deep["odd key"]',
        reason: 'table "orders__deep__odd_key" is new',
        record: '[{"x":1},2]',
      },
    ]);

    const other = trial();
    await other.load({ tables: "quarantine" }, first);
    expect(await other.rows("orders")).toEqual([]);
    expect(await other.rows("_typeload_quarantine")).toMatchObject([
      { table_name: "orders", path: "$", record: JSON.stringify(first[0]) },
    ]);
  });

  it("that freezes fails the load with table, column and record, and nothing of it is stored", async () => {
    const { load, data } = trial();
    await load(undefined, first);
    const error = await rejectionOf(
      load("freeze", [
        { id: 2, total: 1 },
        { id: 3, total: 2, colour: "secret red" },
      ]),
    );
    expect(error.message).toContain('record 1 of page 0 does not fit table "orders": column "colour" is new (text)');
    expect(error.message).not.toContain("secret red");
    expect(await data("orders")).toEqual([{ id: 1, total: 10 }]);
  });

  it("that is stored holds for a resource that says nothing, until it is lifted; quarantine is stored as freeze", async () => {
    const { load, data } = trial();
    await load({ columns: "discard-value", dataType: "quarantine" }, first);
    await load(undefined, [{ id: 2, total: 20, colour: "red" }]);
    expect(await data("orders")).toEqual([
      { id: 1, total: 10 },
      { id: 2, total: 20 },
    ]);
    expect((await rejectionOf(load(undefined, [{ id: 3, total: "many" }]))).message).toContain("freezes dataType");
    await load("evolve", [{ id: 3, total: 30, colour: "blue" }]);
    expect(await data("orders")).toContainEqual({ id: 3, total: 30, total__v_text: null, colour: "blue" });
  });

  it("that discards counts rows and values, and a record that came right later is loaded", async () => {
    const { load, data } = trial();
    await load(undefined, first);
    const { resources } = await load({ columns: "discard-value", dataType: "discard-row" }, [
      { id: 1, total: "x" },
      { id: 2, total: 5, colour: "red" },
      { id: 4, total: 7, colour: "red" },
    ]);
    expect(resources.orders.discarded.map(({ table, column, mode, count }) => [table, column, mode, count])).toEqual([
      ["orders", "total", "discard-row", 1],
      ["orders", "colour", "discard-value", 2],
    ]);
    await load({ columns: "discard-value" }, [{ id: 1, total: 11 }]);
    expect(await data("orders")).toEqual([
      { id: 2, total: 5 },
      { id: 4, total: 7 },
      { id: 1, total: 11 },
    ]);
  });

  it("is refused when it names what there is not", () => {
    // Not what the type allows: as from JavaScript.
    const wrong = (contract: unknown) => () =>
      defineResource({ name: "orders", contract: contract as ContractOption, read: () => [] });
    expect(wrong("discard_row")).toThrow('contract "discard_row" is no mode: use evolve, freeze');
    expect(wrong({ column: "freeze" })).toThrow('speaks of "column": use tables, columns, dataType');
  });
});
