import { dataTypes } from "@typeload/core";
import { describeDestination, type ConformanceRunner } from "@typeload/destination-conformance";
import { postgres } from "@typeload/destination-postgres";

/** Holds a server to the conformance suite: a database of its own for each check. */
export function holdToSuite(createDatabase: () => Promise<string>, runner: ConformanceRunner): void {
  describeDestination({
    name: "postgres",
    async create() {
      return {
        destination: postgres(await createDatabase()),
        dataset: "trial",
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
    readTable: ({ session, dataset, table }) =>
      session.query(`SELECT * FROM "${dataset}"."${table.replaceAll('"', '""')}"`),
    runner,
    expects: {
      dataTypes,
      widenings: [
        { from: "bigint", to: "decimal" },
        { from: "bigint", to: "double", looksAtValues: true },
      ],
      writeDispositions: ["append", "replace", "merge"],
      mergeStrategies: ["delete-insert", "upsert", "insert-only", "scd2"],
      mergeHints: ["merge-key", "dedup-sort", "hard-delete"],
      guarantee: "exactly-once",
    },
  });
}
