import type { Table } from "@typeload/core";
import { typedBatch } from "@typeload/core/testing";
import { duckdb } from "@typeload/destination-duckdb";
import { expect, it } from "vitest";
import { claim, commitOf, open, signal, temporaryFile } from "./trial.ts";

const mebibyte = 1024 * 1024;

it("a gigabyte of long texts in one part is staged in the memory of a few batches", async () => {
  await using session = await open(duckdb({ path: temporaryFile(), memoryLimit: "256MB" }));
  const lease = await claim(session);
  const table: Table = { name: "documents", columns: [{ name: "body", dataType: "text" }] };
  const { schema } = commitOf({ loadId: "1.1", staged: [{ table, rows: [] }] }, lease);
  await session.prepare({ schema, tables: [table.name] }, signal);
  const batch = typedBatch(
    table,
    Array.from({ length: 100 }, (_, row) => ({ body: String(row).padEnd(100 * 1024, "y") })),
  );

  const before = process.memoryUsage().rss;
  let peak = 0;
  const { rows } = await session.stage(
    { loadId: "1.1", table, tableVersion: 1, part: 0 },
    (async function* () {
      for (let count = 0; count < 100; count++) {
        peak = Math.max(peak, process.memoryUsage().rss);
        yield batch;
      }
    })(),
    signal,
  );
  peak = Math.max(peak, process.memoryUsage().rss);
  expect(rows).toBe(10_000);
  // DuckDB's limit, and as much again for what its allocator keeps.
  expect((peak - before) / mebibyte).toBeLessThan(512);
}, 60_000);
