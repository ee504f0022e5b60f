import { it } from "vitest";
import { startPostgresServer } from "../../packages/destination-postgres/test/postgres-server.ts";
import { loadTruncated } from "./truncated-run.ts";

it("says of a list that is longer than Cliengo gives that Postgres holds a part of it, and how much", async () => {
  await using server = await startPostgresServer();
  await loadTruncated(await server.createDatabase());
});
