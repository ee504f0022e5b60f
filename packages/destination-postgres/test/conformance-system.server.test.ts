import { afterAll, describe, it } from "vitest";
import { holdToSuite } from "./hold-to-suite.ts";
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
  const createDatabase = async (): Promise<string> => {
    if (server === undefined) throw new Error("skipped");
    return await server.createDatabase();
  };
  holdToSuite(createDatabase, { describe: describeShort, it });
});
