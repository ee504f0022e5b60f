import { afterAll, beforeAll, describe, it } from "vitest";
import { holdToSuite } from "./hold-to-suite.ts";
import { startPostgresServer, type PostgresServer } from "./postgres-server.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server[Symbol.asyncDispose]());

holdToSuite(() => server.createDatabase(), { describe, it });
