import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { postgres } from "@typeload/destination-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startPostgresServer } from "./postgres-server.ts";
import type { PostgresServer } from "./postgres-server.ts";
import { contact, contacts, failureOf, load, merge, open } from "./trial.ts";

let server: PostgresServer;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "typeload-rights-"));
  await chmod(folder, 0o755);
  const file = join(folder, "pg_hba.conf");
  await writeFile(file, "host all postgres all scram-sha-256\nhost all all all trust\n", { mode: 0o644 });
  server = await startPostgresServer({ settings: [`hba_file=${file}`] });
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** A database, and a role that may do there what is granted. */
async function withRole(role: string, grants: (database: string) => readonly string[]) {
  const url = new URL(await server.createDatabase());
  const client = new Client(url.href);
  await client.connect();
  try {
    await client.query(`CREATE ROLE ${role} LOGIN`);
    for (const grant of grants(url.pathname.slice(1))) await client.query(grant);
  } finally {
    await client.end();
  }
  url.username = role;
  return postgres(url.href);
}

it("a role needs no right on the database when its schemas are there", async () => {
  const destination = await withRole("modest", () => [
    "CREATE SCHEMA ds AUTHORIZATION modest",
    "CREATE SCHEMA ds_staging AUTHORIZATION modest",
  ]);
  await using session = await open(destination);
  await load(session, "1.1", contacts, [contact("1.1", 1, "a")], merge);
  expect(await session.query("SELECT id FROM ds.contacts")).toEqual([{ id: 1 }]);
});

it("a role without a right is told which ones it needs", async () => {
  const cannotCreate = await withRole("poor", () => []);
  const cannotMerge = await withRole("no_temp", (database) => [
    `GRANT CREATE ON DATABASE ${database} TO no_temp`,
    `REVOKE TEMPORARY ON DATABASE ${database} FROM PUBLIC`,
  ]);
  for (const [destination, right] of [
    [cannotCreate, "CREATE on the database"],
    [cannotMerge, "TEMPORARY on the database"],
  ] as const) {
    await using session = await open(destination);
    const error = await failureOf(load(session, "1.1", contacts, [contact("1.1", 1, "a")], merge));
    expect(error).toMatchObject({ code: "permission", retryable: false });
    expect(error.message).toContain(right);
  }
});

it("a role that does not exist is called missing, not unwelcome", async () => {
  const url = new URL(server.url());
  url.username = "nobody";
  const error = await failureOf(open(postgres(url.href)));
  expect(error).toMatchObject({ code: "authentication", retryable: false });
  expect(error.message).toMatch(/role "nobody" does not exist.*has no such role/);
  expect(error.message).not.toContain("pg_hba");
});
