import { dataTypes } from "@typeload/core";
import { describeDestination } from "@typeload/destination-conformance";
import { postgres } from "@typeload/destination-postgres";
import { afterAll, describe, it } from "vitest";
import { startPostgresServer } from "./postgres-server.ts";
import { PostgresUnavailableError } from "./postgres-binaries.ts";

// The full suite runs against the newest Postgres. This one shows that an older server, the machine's own, does the same.
const found = await startPostgresServer({ from: "system" }).catch((error: unknown) => {
  if (error instanceof PostgresUnavailableError) return error;
  throw error;
});
const server = found instanceof PostgresUnavailableError ? undefined : found;
const why = found instanceof PostgresUnavailableError ? ` (skipped: ${found.message})` : "";
afterAll(() => server?.[Symbol.asyncDispose]());

/** The suites in which the server's version has a part: types in COPY's binary form, and the statements of a commit. */
const short = /^conformance|^(data types|append|merge)$/;

function describeShort(name: string, define: () => void): void {
  if (!short.test(name)) return;
  describe(name, () => {
    define();
  });
}

describe.skipIf(server === undefined)(`the system's Postgres${why}`, () => {
  describeDestination({
    name: "postgres",
    async create() {
      if (server === undefined) throw new Error("skipped");
      return {
        destination: postgres(await server.createDatabase()),
        dataset: "trial",
        [Symbol.asyncDispose]: () => Promise.resolve(),
      };
    },
    readTable: ({ session, dataset, table }) =>
      session.query(`SELECT * FROM "${dataset}"."${table.replaceAll('"', '""')}"`),
    runner: { describe: describeShort, it },
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
});
