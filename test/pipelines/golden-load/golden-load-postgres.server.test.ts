import { postgres } from "@typeload/destination-postgres";
import { afterAll, beforeAll } from "vitest";
import { startPostgresServer } from "../../../packages/destination-postgres/test/postgres-server.ts";
import type { PostgresServer } from "../../../packages/destination-postgres/test/postgres-server.ts";
import { plainPostgres } from "../plain-postgres.ts";
import { describeGoldenLoad } from "./golden-load.ts";

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgresServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** What comes out in another way, on purpose: docs/dlt-differences.md. */
const otherwise = new Map([
  [
    "load/postgres/112",
    'unchanged: "keep" leaves a tree alone or writes it whole; skip_unchanged_rows looks at each table for itself',
  ],
]);

describeGoldenLoad(
  "load-postgres",
  async () => {
    const url = await server.createDatabase();
    return { destination: postgres(url), plain: plainPostgres(url) };
  },
  otherwise,
);
