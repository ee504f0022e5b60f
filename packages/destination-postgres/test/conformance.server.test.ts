import { dataTypes } from "@typeload/core";
import { describeDestination } from "@typeload/destination-conformance";
import { postgres } from "@typeload/destination-postgres";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startPostgresServer, type PostgresServer } from "./postgres-server.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server[Symbol.asyncDispose]());

describeDestination({
  name: "postgres",
  async create() {
    return {
      destination: postgres(await server.createDatabase()),
      dataset: "trial",
      [Symbol.asyncDispose]: () => Promise.resolve(),
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
    ],
    writeDispositions: ["append", "replace", "merge"],
    mergeStrategies: ["delete-insert", "upsert"],
    guarantee: "exactly-once",
  },
});
