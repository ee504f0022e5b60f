import { it } from "vitest";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { loadAndCompare } from "./cliengo-contents.ts";

it("loads Cliengo into Postgres cell by cell, and the second time nothing", { timeout: 120_000 }, async () => {
  await using server = await startPostgresServer();
  await loadAndCompare(await server.createDatabase());
});
