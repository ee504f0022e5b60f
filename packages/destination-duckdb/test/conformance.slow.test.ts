import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataTypes } from "@typeload/core";
import { describeDestination } from "@typeload/destination-conformance";
import { duckdb } from "@typeload/destination-duckdb";
import { describe, it } from "vitest";

describeDestination({
  name: "duckdb",
  async create() {
    const folder = await mkdtemp(join(tmpdir(), "typeload-conformance-"));
    return {
      destination: duckdb({ path: join(folder, "conformance.duckdb") }),
      dataset: "trial",
      [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
    };
  },
  readTable: ({ session, dataset, table }) =>
    session.query(`SELECT * FROM "${dataset}"."${table.replaceAll('"', '""')}"`),
  runner: { describe, it },
  expects: {
    dataTypes,
    widenings: [
      { from: "bigint", to: "decimal" },
      { from: "bigint", to: "double", looksAtValues: true },
      { from: "bigint", to: "wei" },
    ],
    writeDispositions: ["append", "replace", "merge"],
    mergeStrategies: ["delete-insert", "upsert", "insert-only", "scd2"],
    mergeHints: ["merge-key", "dedup-sort", "hard-delete"],
    guarantee: "exactly-once",
    sessionsAtOnce: 1,
  },
});
